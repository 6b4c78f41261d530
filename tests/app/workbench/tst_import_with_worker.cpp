// The window's import box with the real worker: broken files are told, nothing is lost, it lives
// on.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/store/project.h"
#include "core/store/protein_repository.h"
#include "ui/panels/data/import_box.h"

using namespace twofold;
using namespace twofold::ui;

class TestImportWithWorker : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<ImportBox> m_box;

  QString write(const QString& name, const char* text) const {
    const QString path = m_folder.filePath(name);
    std::ofstream(path.toStdString(), std::ios::binary) << text;
    return path;
  }
  bool import(const QStringList& arguments) {
    QSignalSpy finished(m_box.get(), &ImportBox::finished);
    if (!m_box->run(m_folder.filePath("project"), arguments, "Import") ||
        (finished.isEmpty() && !finished.wait(60'000))) {
      return false;
    }
    return finished[0][0].toBool();
  }
  std::int64_t proteins() const {
    auto project = store::Project::open(m_folder.filePath("project").toStdString());
    return store::ProteinRepository(project.database()).count();
  }

 private Q_SLOTS:
  void initTestCase() {
    qputenv("TWOFOLD_WORKER", TWOFOLD_WORKER);
    m_box = std::make_unique<ImportBox>(m_theme);
    QVERIFY(import({"import", "proteins", write("good.fasta", ">P1\r\nMKV\r\n>P2\r\nMKL\r\n")}));
    QCOMPARE(proteins(), 2);
  }

  void brokenFilesAreToldWithTheirLine_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    QTest::newRow("letter") << "proteins" << QByteArray(">P3\nMKV\n>P4\nM1V\n") << "broken:4: ";
    QTest::newRow("empty") << "proteins" << QByteArray() << "broken: ";
    QTest::newRow("label") << "pairs" << QByteArray("P1\tP2\t7\n") << "broken:1: ";
    QTest::newRow("nobody known") << "pairs" << QByteArray("x\ty\t1\n") << "broken";
    QTest::newRow("no chain") << "structures" << QByteArray("HEADER\nEND\n") << "broken";
  }

  void brokenFilesAreToldWithTheirLine() {
    QFETCH(QString, kind);
    QFETCH(QByteArray, text);
    QFETCH(QString, place);
    QStringList arguments = {"import", kind, write("broken", text.constData())};
    if (kind == "pairs") {
      arguments << "--name"
                << "broken";
    }
    QVERIFY(!import(arguments));
    QVERIFY2(m_box->reportText().contains(place), qPrintable(m_box->reportText()));
    QCOMPARE(proteins(), 2);  // nothing half, nothing lost
    QVERIFY(import({"import", "proteins", m_folder.filePath("good.fasta")}));
  }
};

QTEST_MAIN(TestImportWithWorker)
#include "tst_import_with_worker.moc"
