#include <QTemporaryDir>
#include <QTest>

#include "ui/panels/data/import_kind.h"

using namespace twofold::ui;

class TestImportKind : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void namesTellTheKind_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("kind");
    QTest::newRow("FASTA") << "a/human.fasta"
                           << "proteins";
    QTest::newRow("no ending") << "README"
                               << "proteins";
    QTest::newRow("pairs") << "pairs.TSV.gz"
                           << "pairs";
    QTest::newRow("structure") << "2hhb.ent"
                               << "structures";
    QTest::newRow("GO") << "GO.sqlite"
                        << "annotations";
    QTest::newRow("UniProt XML") << "uniprot.xml.gz"
                                 << "annotations";
    QTest::newRow("tensors") << "expression.safetensors"
                             << "channel";
    QTest::newRow("Swiss-Prot") << "seq.dat"
                                << "annotations";
  }
  void namesTellTheKind() {
    QFETCH(QString, file);
    QFETCH(QString, kind);
    QCOMPARE(importKind(file), kind);
  }

  void aFolderHoldsStructures() {
    const QTemporaryDir folder;
    QCOMPARE(importKind(folder.path()), QString("structures"));
  }

  void severalFilesHaveOneKindOrNone() {
    QCOMPARE(commonImportKind({"GO.sqlite", "org.Hs.eg.sqlite"}), QString("annotations"));
    QCOMPARE(commonImportKind({"GO.sqlite", "a.fasta"}), QString());
    QCOMPARE(commonImportKind({}), QString());
  }
};

QTEST_GUILESS_MAIN(TestImportKind)
#include "tst_import_kind.moc"
