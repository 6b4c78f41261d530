#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/bridge/test_project.h"
#include "ui/panels/data/import_box.h"

using namespace twofold;
using namespace twofold::ui;

class TestImportBox : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  TestProject m_test;
  std::unique_ptr<ImportBox> m_box;

  bool run() {
    return m_box->run(m_test.folder(), {"import", "pairs", "my pairs.tsv"}, "Import pairs");
  }
  QString state() { return m_box->findChild<QLabel*>("importState")->text(); }
  QPushButton* button(const char* name) { return m_box->findChild<QPushButton*>(name); }

 private Q_SLOTS:
  void init() {
    useFakeWorker();
    m_box = std::make_unique<ImportBox>(m_theme);
  }
  void cleanup() { m_box.reset(); }

  void isHiddenUntilThereIsWork() { QVERIFY(m_box->isHidden()); }

  void theEndIsReported() {
    QSignalSpy finished(m_box.get(), &ImportBox::finished);
    QVERIFY(run());
    QVERIFY(m_box->isVisible());
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished[0][0].toBool());
    QVERIFY(state().contains("done"));
    QVERIFY(!m_box->reportText().isEmpty());
    QVERIFY(!button("importStop")->isVisible());
  }

  void anErrorIsShownWordForWord() {
    useFakeWorker("early");
    QSignalSpy finished(m_box.get(), &ImportBox::finished);
    QVERIFY(run());
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!finished[0][0].toBool());
    QCOMPARE(m_box->reportText(), QStringLiteral("pairs.tsv:3: two columns are needed"));
  }

  void aKilledWorkerIsAnErrorToo() {
    useFakeWorker("die");
    QSignalSpy finished(m_box.get(), &ImportBox::finished);
    QVERIFY(run());
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!m_box->isBusy());
    QVERIFY(run());
  }

  void stopEndsTheWork() {
    useFakeWorker("slow");
    QSignalSpy finished(m_box.get(), &ImportBox::finished);
    QVERIFY(run());
    QTRY_VERIFY(state().contains("Reading"));
    QVERIFY(!run());
    QTest::mouseClick(button("importStop"), Qt::LeftButton);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(state().contains("stopped"));
  }

  void theCommandCanBeCopied() {
    QSignalSpy finished(m_box.get(), &ImportBox::finished);
    QVERIFY(run());
    QTest::mouseClick(button("importCopy"), Qt::LeftButton);
    const QString line = QGuiApplication::clipboard()->text();
    QVERIFY(line.startsWith("twofold-worker import pairs 'my pairs.tsv' --project "));
    QTRY_COMPARE(finished.size(), 1);
  }
};

QTEST_MAIN(TestImportBox)
#include "tst_import_box.moc"
