// What a folder holds of a benchmark, and the worker's table as values.
#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "core/base/error.h"
#include "tests/ui/bridge/table_samples.h"
#include "ui/panels/benchmarks/benchmark_folder.h"
#include "ui/panels/benchmarks/benchmark_table_model.h"

using namespace twofold;
using namespace twofold::ui;

class TestBenchmarkFolder : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> m_made;

  void write(const char* name) {
    const QString path = m_made->filePath(name);
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
  }
  [[nodiscard]] std::filesystem::path path() const { return m_made->path().toStdString(); }

 private Q_SLOTS:
  void init() { m_made = std::make_unique<QTemporaryDir>(); }

  void whatIsThereAndWhatIsMissingIsTold() {
    write("proteins.fasta");
    write("random/guo_train.tsv");
    write("random/guo_test.tsv");
    write("rewired/guo_train.tsv");
    const auto sets = soughtIn(benchmarks::benchmark("guo"), path());
    QCOMPARE(sets.size(), std::size_t{3});
    QCOMPARE(sets[0].origin, QString("as Bernett et al. split it"));
    QVERIFY(sets[0].hasTraining);
    const QStringList words = soughtWords(sets);
    QCOMPARE(words[0], QString("Found: guo-random, as Bernett et al. split it."));
    QCOMPARE(words[1], QString("Missing for guo-rewired, as Bernett et al. split it: "
                               "rewired/guo_test.tsv."));
    QVERIFY(words[2].contains("partition/guo_block_0.tsv, partition/guo_block_1.tsv"));
  }

  void theNearestLayoutIsTheOneThatIsToldOf() {
    write("train.tsv");
    const auto words = soughtWords(soughtIn(benchmarks::benchmark("bernett"), path()));
    QVERIFY2(words[0].startsWith("Missing for bernett, as tables:"), qPrintable(words[0]));
    const auto nothing = soughtWords(soughtIn(benchmarks::benchmark("bernett"), {}));
    QVERIFY2(nothing[0].startsWith("Missing for bernett"), qPrintable(nothing[0]));
  }

  void aTestedSpeciesAloneHasNoTraining() {
    write("yeast/proteins.fasta");
    write("yeast/test.tsv");
    const auto sets = soughtIn(benchmarks::benchmark("dscript"), path());
    QCOMPARE(sets[3].origin, QString("the tested species alone"));
    QVERIFY(!sets[3].hasTraining);
    QVERIFY(sets[0].origin.isEmpty());
  }

  void theFilesWantedAreNamed() {
    const QString words = wantedWords(benchmarks::benchmark("bernett")).join('\n');
    QVERIFY(words.contains("Intra1_pos_rr.txt"));
    QVERIFY(words.contains("test.tsv (where there is one)"));
  }

  void ownRowsStandFirstAndSourcesAreCounted() {
    const auto table = benchmarkTable(benchTableSample("bench table"));
    QCOMPARE(table.lines.size(), std::size_t{4});
    QVERIFY(!table.lines[0].isPublished);
    QCOMPARE(table.lines[1].model, QString("PIPR"));
    QCOMPARE(table.sources, (QStringList{"a repository", "a paper"}));
    QCOMPARE(table.lines[2].sourceNumber, 1);
    QCOMPARE(table.lines[3].sourceNumber, 2);
    QVERIFY(table.lines[1].numbers["accuracy"].isRange());
    const QStringList lines = benchmarkTsv(table).split('\n');
    QVERIFY(lines[0].startsWith("set\tmodel\tpublished\tpart\taccuracy\taccuracy_low"));
    QVERIFY2(lines[1].startsWith("guo-random\tcomposition · sequence\tno\ttest\t0.75\t\t"),
             qPrintable(lines[1]));
    QVERIFY(lines[1].endsWith("\tr1,r2\t"));
    QVERIFY(lines[2].endsWith("\t\ta repository"));
    QVERIFY_EXCEPTION_THROWN(std::ignore = benchmarkTable({{"command", "bench"}}), Error);
  }

  void theModelSaysWhoseARowIs() {
    const Theme theme(ThemeMode::Light);
    BenchmarkTableModel model(theme);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTable(benchmarkTable(benchTableSample("bench table")));
    const auto cell = [&](int row, int column) {
      return model.index(row, column).data().toString();
    };
    QCOMPARE(cell(0, BenchmarkTableModel::From), QString("yours on test, 2 seeds"));
    QCOMPARE(cell(0, BenchmarkTableModel::Auprc), QString("0.813 [0.750, 0.875]"));
    QCOMPARE(cell(0, BenchmarkTableModel::Mcc), QString("–"));
    QCOMPARE(cell(1, BenchmarkTableModel::From), QString("published [1]"));
    QCOMPARE(cell(1, BenchmarkTableModel::Accuracy), QString("0.940 to 0.960"));
    QCOMPARE(cell(3, BenchmarkTableModel::From), QString("published [2]"));
    QVERIFY(model.index(1, 0).data(Qt::ToolTipRole).toString().contains("a repository"));
    QVERIFY(model.index(1, 0).data(Qt::ForegroundRole).isValid());
    QVERIFY(!model.index(0, 0).data(Qt::ForegroundRole).isValid());
    model.setTable({});
  }
};

QTEST_MAIN(TestBenchmarkFolder)
#include "tst_benchmark_folder.moc"
