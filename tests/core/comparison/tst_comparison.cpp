// Imported scores as runs, and runs against each other on the pairs they share.
#include <fmt/format.h>

#include <QTest>
#include <cmath>
#include <fstream>
#include <vector>

#include "core/comparison/comparison_words.h"
#include "core/comparison/disagreements.h"
#include "core/comparison/import_scores.h"
#include "core/comparison/run_comparison.h"
#include "core/metrics/part_details.h"
#include "core/runs/run_spec.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/imports/project_fixture.h"

using namespace twofold;
using namespace twofold::comparison;
using namespace twofold::tests;

namespace {

constexpr int kProteins = 12;

struct Row {
  int a = 0;
  int b = 0;
  bool label = false;
  double score = 0;
};

/// Every pair of twelve proteins; scores that are right but for every fifth pair.
std::vector<Row> someRows() {
  std::vector<Row> rows;
  for (int a = 0; a < kProteins; ++a) {
    for (int b = a + 1; b < kProteins; ++b) {
      const auto i = static_cast<double>(rows.size());
      const bool label = (a * 7 + b * 5) % 3 == 0;
      const double doubt = 0.05 + 0.4 * std::fmod(i * 0.618, 1.0);
      const bool isRight = rows.size() % 5 != 4;
      rows.push_back({a, b, label, isRight == label ? 1 - doubt : doubt});
    }
  }
  return rows;
}

template <class Line>
std::string linesOf(const std::vector<Row>& rows, Line line) {
  std::string text;
  for (const Row& row : rows) {
    text += line(row) + "\n";
  }
  return text;
}

std::string threeColumns(const std::vector<Row>& rows) {
  return linesOf(rows, [](const Row& r) { return fmt::format("P{}\tP{}\t{}", r.a, r.b, r.score); });
}

class ScoreFixture : public ProjectFixture {
 public:
  ScoreFixture() {
    std::string fasta;
    for (int i = 0; i < kProteins; ++i) {
      fasta += fmt::format(">P{}\n{}\n", i, sequence(i));
    }
    static_cast<void>(importFasta(fasta));
    importPairs("demo", someRows());
  }

  static std::string sequence(int i) { return "MKV" + std::string(1, "ACDEFGHIKLMN"[i]) + "WWY"; }

  void importPairs(const std::string& name, const std::vector<Row>& rows) {
    const auto text = linesOf(
        rows, [](const Row& r) { return fmt::format("P{}\tP{}\t{}", r.a, r.b, r.label ? 1 : 0); });
    static_cast<void>(imports::importPairs(project(), {write(name + ".tsv", text), name, {}}, {}));
  }

  ImportedRun import(const std::string& text, ScoreRun request = {}) {
    request.scores.file = write("scores", text);
    if (request.scores.pairSet.empty()) {
      request.scores.pairSet = "demo";
    }
    request.name = "Rival";
    return importScores(project(), request, {});
  }

  [[nodiscard]] store::RunRepository runs() { return store::RunRepository(project().database()); }
};

}  // namespace

class TestComparison : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyLayoutGivesTheSameNumbers() {
    ScoreFixture store;
    const auto rows = someRows();
    const auto expected = store.import(threeColumns(rows)).record.parts.at("test").values;
    QCOMPARE(expected.at("accuracy"), 53.0 / 66);
    const auto same = [&](const std::string& text, const std::string& layout,
                          ScoreRun request = {}) {
      const auto run = store.import(text, std::move(request)).record;
      const auto spec = runs::runSpecFromJson(formats::parseJson(run.specJson, "spec"), "spec");
      QCOMPARE(spec.imported->layout, layout);
      for (const auto& [metric, value] : expected) {
        QVERIFY2(run.parts.at("test").values.at(metric) == value, (layout + metric).c_str());
      }
    };
    same("Protein A\tProtein B\tT\tS\tuncertainty\n" +
             linesOf(rows,
                     [](const Row& r) {
                       return fmt::format("P{}\tP{}\t{:d}\t{}\t0.5", r.b, r.a, r.label, r.score);
                     }),
         "TUnA");
    same(linesOf(rows,
                 [](const Row& r) {
                   return fmt::format("P{} P{} {:d}.0 {}", r.a, r.b, r.label, r.score);
                 }),
         "D-SCRIPT");
    same("query,text,score\n" + linesOf(rows,
                                        [](const Row& r) {
                                          return fmt::format("{},{},{}",
                                                             ScoreFixture::sequence(r.a),
                                                             ScoreFixture::sequence(r.b), r.score);
                                        }),
         "PLM-interact");
    ScoreRun byPlace;
    byPlace.scores.ids = {store.path("demo.tsv")};
    same(linesOf(rows, [](const Row& r) { return fmt::format("{} {:d}", r.score, r.label); }),
         "SPRINT", byPlace);
    byPlace.scores.ids = {store.write("asked.csv", "query,text\n" + linesOf(rows, [](const Row& r) {
                                                     return ScoreFixture::sequence(r.a) + "," +
                                                            ScoreFixture::sequence(r.b);
                                                   }))};
    same(linesOf(rows, [](const Row& r) { return fmt::format("{}", r.score); }), "scores alone",
         byPlace);
  }

  void whatIsDecidedByNobodyIsRefused() {
    ScoreFixture store;
    auto rows = someRows();
    const auto refused = [&](const std::string& text, std::string_view words,
                             ScoreRun request = {}) {
      EXPECT_ERROR(store.import(text, std::move(request)), ErrorKind::BadInput, words);
    };
    refused(threeColumns({rows.begin(), rows.end() - 3}),
            "3 test pairs have no score, as P9 and P10");
    refused(threeColumns(rows) + "P1\tP0\t0.77\n", "1 pairs have two scores or more that differ");
    refused("X\tY\t0.5\n", "1 × unknown protein");
    refused("0.5\n", "--ids FILE");
    ScoreRun byPlace;
    byPlace.scores.ids = {store.path("demo.tsv")};
    refused("0.5\n0.7\n", "2 scores for the 66 pairs", byPlace);
    refused(threeColumns(rows), "leave --ids out", byPlace);
    auto turned = rows;
    turned[6].label = !turned[6].label;
    const auto scoreLabel = [](const Row& r) { return fmt::format("{} {:d}", r.score, r.label); };
    refused(linesOf(turned, scoreLabel), "scores:7: the label is another one", byPlace);
    refused(linesOf(turned,
                    [](const Row& r) {
                      return fmt::format("P{}\tP{}\t{:d}\t{}", r.a, r.b, r.label, r.score);
                    }),
            "1 rows have another label");
    rows[0].score = 3;
    ScoreRun probabilities;
    probabilities.scores.scale = imports::ScoreScale::Probability;
    refused(threeColumns(rows), "1 scores lie outside [0, 1]", probabilities);
    QVERIFY(store.runs().runs().empty());  // nothing was written
  }

  void whatIsLeftOutIsCounted() {
    ScoreFixture store;
    const auto rows = someRows();
    auto text = threeColumns({rows.begin() + 2, rows.end()}) + "P0\tP1\tnan\nP2\tP0\tinf\n";
    text += fmt::format("P{}\tP{}\t{}\n", rows[5].b, rows[5].a, rows[5].score);
    text += "P4\tP5\t0.987\nnobody\tP1\t0.5\nP3\tP3\t0.1\n";
    ScoreRun lenient;
    lenient.scores.missing = imports::MissingScores::LeaveOut;
    lenient.scores.repeated = imports::RepeatedScores::LeaveOut;
    const auto report = store.import(text, lenient).report;
    QCOMPARE(report.read, std::int64_t{70});
    QCOMPARE(report.kept, std::int64_t{63});
    QCOMPARE(report.skipped.at("no number"), std::int64_t{2});
    QCOMPARE(report.skipped.at("repeated pair"), std::int64_t{1});
    QCOMPARE(report.skipped.at("repeated pair, another score"), std::int64_t{1});
    QCOMPARE(report.skipped.at("unknown protein"), std::int64_t{1});
    QCOMPARE(report.skipped.at("pair not in the set"), std::int64_t{1});
    QVERIFY(report.examples.at("no number").front().find("scores:65: P0 and P1") == 0);
    lenient.scores.repeated = imports::RepeatedScores::Mean;
    QCOMPARE(store.import(text, lenient).report.kept, std::int64_t{64});
  }

  void ranksHaveNoCalibrationAndLogitsBecomeProbabilities() {
    ScoreFixture store;
    auto rows = someRows();
    const auto plain = store.import(threeColumns(rows)).record.parts.at("test");
    QVERIFY(!plain.intervals.empty());
    for (Row& row : rows) {
      row.score = std::log(row.score / (1 - row.score));
    }
    const auto ranks = store.import(threeColumns(rows)).record.parts.at("test");
    QCOMPARE(ranks.values.at("auroc"), plain.values.at("auroc"));
    for (const char* undefined : {"brier", "ece", "loss", "accuracy"}) {
      QVERIFY2(std::isnan(ranks.values.at(undefined)), undefined);
    }
    QVERIFY(std::isnan(ranks.threshold));
    ScoreRun logits;
    logits.scores.scale = imports::ScoreScale::Logit;
    const auto back = store.import(threeColumns(rows), logits).record.parts.at("test");
    QVERIFY(std::abs(back.values.at("brier") - plain.values.at("brier")) < 1e-6);
    QCOMPARE(back.threshold, 0.5);
  }

  void validationScoresGiveTheThreshold() {
    ScoreFixture store;
    const auto rows = someRows();
    data::Split split{"files", 0, std::vector<data::Part>(rows.size(), data::Part::Train)};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      split.parts[i] = i % 3 == 0   ? data::Part::Train
                       : i % 3 == 1 ? data::Part::Validation
                                    : data::Part::Test;
    }
    store::Transaction transaction(store.project().database());
    static_cast<void>(store.pairs().insertSplit("thirds", store.pairs().set("demo").key, split));
    transaction.commit();
    const auto run = store.import(threeColumns(rows));
    QCOMPARE(run.record.parts.size(), std::size_t{2});
    QCOMPARE(run.record.parts.at("test").n, std::int64_t{22});
    QCOMPARE(run.record.parts.at("test").threshold, run.record.parts.at("validation").threshold);
    QCOMPARE(run.report.skipped.at("pair of another part"), std::int64_t{22});
    const auto spec = runs::runSpecFromJson(formats::parseJson(run.record.specJson, "s"), "s");
    QCOMPARE(spec.split, std::string("thirds"));
    QCOMPARE(spec.imported->threshold, std::string("validation"));
    QCOMPARE(run.record.splitHash, split.hash());
    ScoreRun whole;
    whole.scores.split = "none";
    QCOMPARE(store.import(threeColumns(rows), whole).record.parts.at("test").n, std::int64_t{66});
    ScoreRun only;
    only.scores.part = data::Part::Validation;
    QVERIFY(!store.import(threeColumns(rows), only).record.parts.contains("test"));
  }

  void comparisonsAreOnSharedPairs() {
    ScoreFixture store;
    auto rows = someRows();
    for (std::size_t i = 0; i < rows.size(); i += 2) {  // right on half of the pairs
      rows[i].score = 1 - rows[i].score;
    }
    const auto first = store.import(threeColumns(rows)).record.id;
    for (Row& row : rows) {
      row.score = row.label ? 0.9 - 0.001 * row.a : 0.2;
    }
    rows.resize(60);
    ScoreRun lenient;
    lenient.scores.missing = imports::MissingScores::LeaveOut;
    const auto second = store.import(threeColumns(rows), lenient).record.id;
    for (Row& row : rows) {
      row.score = 0.5 + (row.score - 0.5) / 2;  // the same order and calls
    }
    const auto third = store.import(threeColumns(rows), lenient).record.id;
    const std::vector<std::string> ids = {first, second, third};
    const auto shared = sharedScores(store.project().database(), ids, data::Part::Test);
    QCOMPARE(shared.labels.size(), std::size_t{60});
    QCOMPARE(shared.runs[0].pairs, std::int64_t{66});
    const auto found = compareRuns(shared, {true, {999, 1, 2, {}}});
    QCOMPARE(found.differences.size(), std::size_t{3});
    const auto& gain = found.differences[0];
    QVERIFY(gain.differences.at("auroc").value > 0 && isShown(gain, "auroc"));
    const double p = gain.differences.at("auroc").p;
    QVERIFY(p >= 0.002 && p < 0.015);  // 2 / 1000 at least
    QVERIFY(std::abs(gain.holm.at("auroc") - 3 * p) < 1e-12);
    QCOMPARE(gain.mcNemar->onlyFirst, std::int64_t{0});
    QCOMPARE(gain.mcNemar->onlySecond, std::int64_t{30});
    QVERIFY(gain.deLong.p < 0.05);
    QVERIFY(differenceWords(shared, gain, "auroc").find(second + " is better than " + first) == 0);
    const auto& none = found.differences[2];
    QCOMPARE(none.differences.at("auprc").value, 0.0);
    QVERIFY(!isShown(none, "auprc"));
    QVERIFY(differenceWords(shared, none, "auprc").find("No difference between") == 0);
    // By calibration the second and third differ, and less is better.
    QVERIFY(differenceWords(shared, none, "brier").find(second + " is better than " + third) == 0);
  }

  void disagreementsAreWidestFirst() {
    ScoreFixture store;
    auto rows = someRows();
    const auto first = store.import(threeColumns(rows)).record.id;
    rows[7].score = 1 - rows[7].score;
    rows[8].score = rows[8].score < 0.5 ? 0.999 : 0.001;
    const auto second = store.import(threeColumns(rows)).record.id;
    const std::vector<std::string> ids = {first, second};
    auto& database = store.project().database();
    const auto shared = sharedScores(database, ids, data::Part::Test);
    const auto list = disagreements(shared, 0, 1);
    QCOMPARE(list.size(), std::size_t{2});
    QVERIFY(list[0].gap > list[1].gap);
    QVERIFY(list[0].firstIsRight && !(list[1].pair == list[0].pair));
    const auto file = store.path("out.tsv");
    writeDisagreements(file, database, shared, 0, 1, list);
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    QCOMPARE(line, "protein_a\tprotein_b\tlabel\tscore_" + first + "\tscore_" + second + "\tright");
    std::getline(stream, line);
    QVERIFY2(line.starts_with(fmt::format("P{}\tP{}\t", rows[7].a, rows[7].b)), line.c_str());
    QVERIFY(line.ends_with(first));
  }

  void whatCannotBeComparedIsRefused() {
    ScoreFixture store;
    auto rows = someRows();
    const auto first = store.import(threeColumns(rows)).record.id;
    const auto text = threeColumns(rows);
    rows[4].label = !rows[4].label;
    store.importPairs("other", rows);
    ScoreRun other;
    other.scores.pairSet = "other";
    const auto second = store.import(text, other).record.id;
    auto& database = store.project().database();
    const auto shared = [&](std::vector<std::string> ids, data::Part part = data::Part::Test) {
      return sharedScores(database, ids, part);
    };
    EXPECT_ERROR(shared({first, second}), ErrorKind::BadInput, "1 pairs have another label");
    EXPECT_ERROR(shared({first}), ErrorKind::Usage, "two runs or more");
    EXPECT_ERROR(shared({first, first}), ErrorKind::Usage, "named twice");
    EXPECT_ERROR(shared({first, "rzzzz"}), ErrorKind::NotFound, "no run");
    EXPECT_ERROR(shared({first, second}, data::Part::Validation), ErrorKind::Usage,
                 "has no validation scores: it has test");
  }

  /// The numbers published for D-SCRIPT's own scores on yeast.
  void theYeastScoresOfDScript() {
    const auto folder = sharedData("cross-species/yeast");
    if (!std::filesystem::exists(folder / "dscript_predictions.tsv")) {
      QSKIP("shared/data/cross-species/yeast is not here");
    }
    ProjectFixture store;
    const std::vector<std::filesystem::path> fasta = {folder / "proteins.fasta"};
    static_cast<void>(imports::importProteins(store.project(), fasta, {}));
    static_cast<void>(
        imports::importPairs(store.project(), {folder / "test.tsv", "yeast", {}}, {}));
    ScoreRun request;
    request.name = "D-SCRIPT";
    request.scores.file = folder / "dscript_predictions.tsv";
    request.scores.pairSet = "yeast";
    // One pair stands there twice, once in each order, with scores that differ a little.
    EXPECT_ERROR(importScores(store.project(), request, {}), ErrorKind::BadInput,
                 "1 pairs have two scores or more that differ");
    request.scores.repeated = imports::RepeatedScores::Mean;
    const auto run = importScores(store.project(), request, {});
    const auto& test = run.record.parts.at("test");
    const auto thousandths = [](double value) { return std::lround(value * 1000); };
    // .4397 over all 55,000 rows; self pairs, repeated ones and contradictions are not in the set.
    QCOMPARE(test.n, std::int64_t{54959});
    QVERIFY(std::abs(test.values.at("auprc") - 0.440) < 0.001);
    QVERIFY(std::abs(test.values.at("auprc") - 0.440703) < 1e-6);  // scikit-learn's on these
    QCOMPARE(thousandths(test.values.at("f1")), 344L);
    const auto all = store::RunRepository(store.project().database())
                         .predictions(run.record.id, data::Part::Test);
    const auto pairs = store.pairs().pairs(store.pairs().set("yeast").key);
    std::vector<float> scores;
    std::vector<std::int8_t> labels;
    std::vector<std::int64_t> proteins;
    for (const auto& [index, score] : all) {
      scores.push_back(score);
      labels.push_back(static_cast<std::int8_t>(pairs[index].label));
      proteins.push_back(pairs[index].a);
    }
    const auto details =
        metrics::detailsOf({scores, labels, proteins, proteins}, 0.5, std::nullopt, {0, 1});
    QCOMPARE(thousandths(details.bestF1), 459L);
  }
};

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"
