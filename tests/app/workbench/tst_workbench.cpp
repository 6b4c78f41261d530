#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class TestWorkbench : public QObject {
  Q_OBJECT

 private:
  struct Ended {
    int status = -1;
    QString errors;
  };

  QTemporaryDir m_folder;

  Ended run(const QStringList& arguments, const QString& platform) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
      environment.remove(QString::fromLatin1(name));
    }
    if (!platform.isEmpty()) {
      environment.insert(QStringLiteral("QT_QPA_PLATFORM"), platform);
    }
    environment.insert(QStringLiteral("HOME"), m_folder.path());
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(TWOFOLD_WORKBENCH), arguments);
    constexpr int kPatience = 60'000;
    process.waitForFinished(kPatience);
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardError())};
  }

 private Q_SLOTS:
  void withoutADisplayItSaysWhatToDo() {
    const auto ended = run({}, {});
    QCOMPARE(ended.status, 69);
    QVERIFY2(ended.errors.contains("There is no display"), qPrintable(ended.errors));
  }

  void aWrongOptionIsAUsageError() {
    const auto ended = run({"--theme", "blue"}, "offscreen");
    QCOMPARE(ended.status, 2);
  }

  void aFolderWithoutAProjectIsAnError() {
    const auto ended =
        run({"--project", m_folder.filePath("none"), "--screenshot", m_folder.filePath("shot.png")},
            "offscreen");
    QCOMPARE(ended.status, 66);
    QVERIFY2(ended.errors.contains("none"), qPrintable(ended.errors));
  }

  void rendersAPictureOfTheSizeAskedFor() {
    const QString file = m_folder.filePath("shot.png");
    const auto ended = run({"--open", "welcome", "--size", "1280x720", "--scale", "1.5", "--theme",
                            "dark", "--screenshot", file},
                           "offscreen");
    QVERIFY2(ended.status == 0, qPrintable(ended.errors));
    QCOMPARE(QImage(file).size(), QSize(1920, 1080));
  }
};

QTEST_GUILESS_MAIN(TestWorkbench)
#include "tst_workbench.moc"
