#include <QTest>
#include <cmath>
#include <filesystem>
#include <set>

#include "core/base/error.h"
#include "core/benchmarks/benchmark_import.h"
#include "core/metrics/part_metrics.h"
#include "tests/core/imports/project_fixture.h"

using namespace twofold;
using namespace twofold::benchmarks;
using data::Part;

namespace {

/// `count` proteins P0, P1, ….
std::string proteins(int count) {
  std::string fasta;
  for (int i = 0; i < count; ++i) {
    fasta += ">P" + std::to_string(i) + "\nMKV" +
             std::string(static_cast<std::size_t>(i + 1), 'L') + "\n";
  }
  return fasta;
}

std::int64_t count(const std::vector<Part>& parts, Part part) {
  return std::count(parts.begin(), parts.end(), part);
}

class Folder {
 public:
  explicit Folder(tests::ProjectFixture& fixture) : m_fixture(fixture) {}
  void write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories(m_fixture.path(path).parent_path());
    static_cast<void>(m_fixture.write(path, text));
  }
  [[nodiscard]] std::filesystem::path path() const { return m_fixture.path(""); }

 private:
  tests::ProjectFixture& m_fixture;
};

}  // namespace

class TestBenchmarks : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyPublishedRowNamesItsSetItsMetricsAndItsSource() {
    std::set<std::string> metrics;
    for (const auto& metric : metrics::metricCatalog()) {
      metrics.insert(metric.id);
    }
    std::set<std::string> names;
    for (const auto& benchmark : benchmarks::benchmarks()) {
      std::set<std::string> sets;
      for (const auto& set : benchmark.sets) {
        QVERIFY(names.insert(set.name).second);
        sets.insert(set.name);
        QVERIFY(!set.layouts.empty());
      }
      QVERIFY(!benchmark.citation.empty() && !benchmark.published.empty());
      QVERIFY(benchmark.link.starts_with("https://") && !benchmark.licence.empty());
      for (const auto& row : benchmark.published) {
        QVERIFY2(sets.contains(row.set), row.set.c_str());
        QVERIFY(!row.source.empty() && row.values.size() + row.ranges.size() > 0);
        for (const auto& [metric, range] : row.ranges) {
          QVERIFY2(metrics.contains(metric) && !row.values.contains(metric), metric.c_str());
          QVERIFY(range.low > 0 && range.low < range.high && range.high < 1);
        }
        for (const auto& [metric, value] : row.values) {
          QVERIFY2(metrics.contains(metric), metric.c_str());
          QVERIFY((value > 0 || metric == "mcc") && value > -1 && value < 1);
        }
      }
    }
  }

  void publishedNumbersAgreeWithEachOther() {
    int checked = 0;
    for (const auto& benchmark : benchmarks::benchmarks()) {
      for (const auto& row : benchmark.published) {
        const auto of = [&](const char* metric) {
          const auto found = row.values.find(metric);
          return found == row.values.end() ? std::nan("") : found->second;
        };
        const double f1 = 2 * of("precision") * of("recall") / (of("precision") + of("recall"));
        if (!std::isnan(f1)) {  // three figures of each; F1 of the mean of several runs strays more
          QVERIFY2(std::abs(f1 - of("f1")) < 0.003, row.model.c_str());
          ++checked;
        }
      }
    }
    QVERIFY(checked >= 15);
  }

  void modelsOfThePlateauAndWithoutAnyModelAreThere() {
    std::set<std::string> models;
    for (const auto& row : benchmark("bernett").published) {
      models.insert(row.model);
    }
    for (const char* model : {"TUnA", "TUnA, ESM-2 of 15B", "Richoux on ESM-2",
                              "Topsy-Turvy, best epoch", "similarity, node2vec + SVM"}) {
      QVERIFY2(models.contains(model), model);
    }
  }

  void anUnknownOneNamesTheNearest() {
    try {
      static_cast<void>(benchmark("bernet"));
      QFAIL("there is no such benchmark");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("\"bernett\""), error.what());
    }
  }

  void filesAsPublishedCarryTheirLabelInTheirName() {
    tests::ProjectFixture fixture;
    Folder folder(fixture);
    folder.write("human_swissprot_oneliner.fasta", proteins(9));
    folder.write("Intra1_pos_rr.txt", "P0 P1\nP1 P2\n");
    folder.write("Intra1_neg_rr.txt", "P0 P2\n");
    folder.write("Intra0_pos_rr.txt", "P3 P4\n");
    folder.write("Intra0_neg_rr.txt", "P4 P5\n");
    folder.write("Intra2_pos_rr.txt", "P6 P7\n");
    folder.write("Intra2_neg_rr.txt", "P7 P8\nP6 P8\n");
    const auto report =
        importSet(fixture.project(), benchmark("bernett").sets[0], folder.path(), {});
    QCOMPARE(report.kept, 8);
    const auto info = fixture.pairs().splitInfo("bernett", "bernett");
    QCOMPARE(info.train, 3);
    QCOMPARE(info.validation, 2);
    QCOMPARE(info.test, 3);
    const auto set = fixture.pairs().set("bernett");
    QCOMPARE(set.positives, 4);
    QCOMPARE(set.negatives, 4);
    QVERIFY_EXCEPTION_THROWN(
        static_cast<void>(
            importSet(fixture.project(), benchmark("bernett").sets[0], folder.path(), {})),
        Error);
  }

  void tablesNeedNoTestPart() {
    tests::ProjectFixture fixture;
    Folder folder(fixture);
    folder.write("proteins.fasta", proteins(6));
    folder.write("train.tsv", "P0\tP1\t1\r\nP0\tP2\t0\r\n");
    folder.write("val.tsv", "P3\tP4\t1\r\nP3\tP5\t0\r\n");
    static_cast<void>(
        importSet(fixture.project(), benchmark("bernett").sets[0], folder.path(), {}));
    QCOMPARE(fixture.pairs().splitInfo("bernett", "bernett").test, 0);
  }

  void withoutAFileForValidationATenthOfEachLabelIs() {
    tests::ProjectFixture fixture;
    Folder folder(fixture);
    folder.write("proteins.fasta", proteins(60));
    std::string train;
    for (int i = 0; i < 40; ++i) {
      train += "P" + std::to_string(i) + "\tP" + std::to_string(i + 1) + "\t1\n";
      train += "P" + std::to_string(i) + "\tP" + std::to_string(i + 2) + "\t0\n";
    }
    folder.write("random/guo_train.tsv", train);
    folder.write("random/guo_test.tsv", "P50\tP51\t1\nP52\tP53\t0\n");
    const auto& set = benchmark("guo").sets[0];
    static_cast<void>(importSet(fixture.project(), set, folder.path(), {}));
    const auto info = fixture.pairs().splitInfo("guo-random", "guo-random");
    QCOMPARE(info.train, 72);
    QCOMPARE(info.validation, 8);
    QCOMPARE(info.test, 2);
    const auto split = fixture.pairs().split(info.key);
    const auto pairs = fixture.pairs().pairs(fixture.pairs().set("guo-random").key);
    int positives = 0;
    for (const auto index : split.indices(Part::Validation)) {
      positives += pairs[index].label == data::Label::Positive ? 1 : 0;
    }
    QCOMPARE(positives, 4);
    QCOMPARE(count(split.parts, Part::None), 0);

    tests::ProjectFixture again;
    Folder other(again);
    other.write("proteins.fasta", proteins(60));
    other.write("random/guo_train.tsv", train);
    other.write("random/guo_test.tsv", "P50\tP51\t1\nP52\tP53\t0\n");
    static_cast<void>(importSet(again.project(), set, other.path(), {}));
    QCOMPARE(again.pairs().splitInfo("guo-random", "guo-random").hash, info.hash);
  }

  void whatIsMissingIsNamedForEachLayout() {
    tests::ProjectFixture fixture;
    Folder folder(fixture);
    folder.write("proteins.fasta", proteins(3));
    folder.write("train.tsv", "P0\tP1\t1\n");
    try {
      static_cast<void>(layoutIn(benchmark("bernett").sets[0], folder.path()));
      QFAIL("val.tsv is missing");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::NotFound);
      const QString text = error.what();
      QVERIFY2(text.contains("as tables: val.tsv missing"), error.what());
      QVERIFY2(text.contains("as published: human_swissprot_oneliner.fasta, Intra1_pos_rr.txt"),
               error.what());
    }
  }

  void missingFilesAreCountedWithoutTheOptionalOnes() {
    tests::ProjectFixture fixture;
    Folder folder(fixture);
    folder.write("proteins.fasta", proteins(3));
    folder.write("train.tsv", "P0\tP1\t1\n");
    const auto& set = benchmark("bernett").sets[0];
    QCOMPARE(missingFiles(set.layouts[1], folder.path()), std::vector<std::string>{"val.tsv"});
    QCOMPARE(missingFiles(set.layouts[1], folder.path() / "nowhere").size(), std::size_t{3});
    folder.write("val.tsv", "P0\tP2\t1\n");
    QVERIFY(missingFiles(set.layouts[1], folder.path()).empty());  // test.tsv is optional
  }

  void realFilesAreTaken() {
    const std::filesystem::path data = TWOFOLD_SHARED_DATA;
    if (!std::filesystem::exists(data / "yeast-lab")) {
      QSKIP("../shared/data is not here");
    }
    tests::ProjectFixture fixture;
    for (const auto& set : benchmark("guo").sets) {
      static_cast<void>(importSet(fixture.project(), set, data / "yeast-lab", {}));
    }
    QCOMPARE(fixture.pairs().splitInfo("guo-random", "guo-random").test, 2195);
    static_cast<void>(
        importSet(fixture.project(), benchmark("dscript").sets[3], data / "cross-species", {}));
    const auto yeast = fixture.pairs().splitInfo("dscript-yeast", "dscript-yeast");
    QCOMPARE(yeast.train, 0);
    QVERIFY(yeast.test > 54000);
  }
};

QTEST_GUILESS_MAIN(TestBenchmarks)
#include "tst_benchmarks.moc"
