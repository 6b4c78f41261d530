#include <QTest>
#include <algorithm>

#include "core/report/controls.h"
#include "core/report/experiment_report.h"
#include "core/report/html.h"
#include "core/report/words.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::report;
using namespace twofold::tests;

namespace {

/// 40 pairs of 20 proteins, 20 positive; 20 train, 10 validation, 10 test.
struct Made {
  TestFolder folder;
  store::Project project = store::Project::openOrCreate(folder.path("project"));
  std::string splitHash;

  Made() {
    auto& database = project.database();
    store::ProteinRepository proteins(database);
    store::PairRepository repository(database);
    store::Transaction transaction(database);
    std::vector<data::ProteinKey> keys;
    for (int i = 0; i < 20; ++i) {
      keys.push_back(
          proteins.insert({0, "p" + std::to_string(i), "", "", std::string(10 + i, 'A')}));
    }
    data::Pairs pairs;
    data::Split split{"random", 7, {}, {}};
    for (std::size_t i = 0; i < 40; ++i) {
      pairs.push_back({keys[i % 20], keys[(i * 7 + 3) % 20],
                       i % 2 == 0 ? data::Label::Positive : data::Label::Negative});
      split.parts.push_back(i < 20   ? data::Part::Train
                            : i < 30 ? data::Part::Validation
                                     : data::Part::Test);
    }
    const auto set = repository.insertSet("<made>", "pairs.tsv", pairs);
    static_cast<void>(repository.insertSplit("cut", set, split));
    transaction.commit();
    splitHash = repository.splitInfo("<made>", "cut").hash;
  }

  runs::RunSpec spec(const std::string& experiment, const std::string& backbone = "esm2") const {
    runs::RunSpec spec;
    spec.experiment = experiment;
    spec.pairSet = "<made>";
    spec.split = "cut";
    spec.backbone = {backbone, {}};
    return spec;
  }

  std::string run(const runs::RunSpec& spec, double auprc, bool isDone = true) {
    store::RunRepository runs(project.database());
    const auto id = runs.create(spec.experiment, runs::toJson(spec).dump(), splitHash).id;
    if (!isDone) {
      return id;
    }
    for (const auto part : {data::Part::Validation, data::Part::Test}) {
      metrics::PartMetrics measured;
      measured.n = 10;
      measured.positives = 5;
      measured.threshold = 0.4125;
      measured.values = {{"auprc", auprc}, {"auroc", auprc + 0.01}, {"ece", 0.0625}};
      measured.intervals = {{"auprc", {auprc - 0.1, auprc + 0.1}}};
      const auto name = std::string(data::name(part));
      runs.setPartMetrics(id, name, measured);
      std::vector<std::uint32_t> indices;
      std::vector<float> probabilities;
      for (std::uint32_t i = 0; i < 10; ++i) {
        indices.push_back((part == data::Part::Test ? 30 : 20) + i);
        probabilities.push_back(static_cast<float>(i % 3) / 3.0F);
      }
      runs.setPredictions(id, part, indices, probabilities);
    }
    for (int epoch = 1; epoch <= 3; ++epoch) {
      runs.appendMetric(id, "train", "loss", epoch, 0.7 - 0.1 * epoch);
      runs.appendMetric(id, "validation", "loss", epoch, 0.7 - 0.05 * epoch);
    }
    runs.setStatus(id, store::RunStatus::Done);
    return id;
  }

  std::string html(const std::string& experiment) {
    return htmlOf(reportOn(project, {experiment}, {}, {}));
  }
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

class TestExperimentReport : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void numbersAreThoseOfTheStore() {
    Made made;
    const auto id = made.run(made.spec("a"), 0.7125);
    const auto html = made.html("a");
    QVERIFY(has(html, id));
    QVERIFY(has(html, ">" + numberText(0.7125) + " [" + numberText(0.7125 - 0.1) + ",\u00A0" +
                          numberText(0.7125 + 0.1) + "]</td>"));
    QVERIFY(has(html, ">" + numberText(0.4125) + "</td>"));
    QVERIFY(has(html,
                "<td class=\"word\">train</td><td class=\"number\">20</td><td "
                "class=\"number\">10</td><td class=\"number\">50.0 %</td>"));
    QVERIFY(has(html, made.splitHash));
    QVERIFY(has(html, "measured on the test part (10 pairs, 5 positive)"));
    QVERIFY(has(html, "&lt;made&gt;") && !has(html, "<made>"));
  }

  void withoutControlsThereIsABoxWithTheirCommands() {
    Made made;
    static_cast<void>(made.run(made.spec("a"), 0.7));
    const auto html = made.html("a");
    QVERIFY(
        has(html, "<div class=\"box bad\">\n<b>✕ Problem</b>\n<p>These scores have no control"));
    QVERIFY(has(html, "--channels degree"));
    QVERIFY(has(html, "--set training.control=permuted_labels"));
    QVERIFY(has(html, "--pairs &#39;&lt;made&gt;&#39;"));
  }

  void controlsStandBesideTheScores() {
    Made made;
    auto spec = made.spec("a");
    static_cast<void>(made.run(spec, 0.7));
    auto permuted = spec;
    permuted.training["control"] = std::string("permuted_labels");
    static_cast<void>(made.run(permuted, 0.5));
    auto html = made.html("a");
    QVERIFY(has(html, "control: labels permuted"));
    QVERIFY(!has(html, "have no control"));
    QVERIFY(has(html, "Controls are missing: degree alone and composition alone."));
    // Those of another experiment count where the split is the same.
    static_cast<void>(made.run(made.spec("b", "composition"), 0.55));
    auto degree = made.spec("b", "composition");
    degree.channels = {{"degree", {}}};
    static_cast<void>(made.run(degree, 0.6));
    html = made.html("a");
    QVERIFY(!has(html, "Controls are missing"));
    QVERIFY(has(html, "control: degree alone (of experiment b)"));
  }

  void controlsOfOthersAreTakenOnlyWhereItHasNone() {
    Made made;
    static_cast<void>(made.run(made.spec("a"), 0.7));
    auto degree = made.spec("a", "composition");
    degree.channels = {{"degree", {}}};
    static_cast<void>(made.run(degree, 0.55));
    for (const char* other : {"b", "c"}) {
      for (std::uint64_t seed = 1; seed <= 2; ++seed) {
        auto spec = made.spec(other, "composition");
        spec.seed = seed;
        static_cast<void>(made.run(spec, 0.6));
        spec.channels = {{"degree", {}}};
        static_cast<void>(made.run(spec, 0.6));
      }
    }
    const auto facts = factsOf(made.project, {"a"}, {}, {});
    QCOMPARE(facts.controls.size(), std::size_t{3});  // its own, and two seeds of one experiment
    QCOMPARE(facts.controls[0].record.experiment, std::string("a"));
    QCOMPARE(facts.controls[1].control, std::string("composition alone"));
    QCOMPARE(facts.controls[1].record.experiment, facts.controls[2].record.experiment);
  }

  void anExperimentOfControlsAsksAboutTheBestOfThem() {
    Made made;
    static_cast<void>(made.run(made.spec("a", "composition"), 0.6));
    auto degree = made.spec("a", "composition");
    degree.channels = {{"degree", {}}};
    static_cast<void>(made.run(degree, 0.55));
    const auto facts = factsOf(made.project, {"a"}, {}, {});
    QCOMPARE(facts.models.size(), std::size_t{1});
    QCOMPARE(facts.controls.front().control, std::string("degree alone"));
  }

  void aRepetitionIsNoOtherModel() {
    Made made;
    const auto first = made.run(made.spec("a"), 0.6);
    const auto copy = made.run(made.spec("a"), 0.6);
    store::RunTracking(made.project.database()).setParent(copy, first);
    QCOMPARE(factsOf(made.project, {"a"}, {}, {}).models.size(), std::size_t{1});
  }

  void theBestOnValidationComesFirst() {
    Made made;
    static_cast<void>(made.run(made.spec("a"), 0.6));
    auto second = made.spec("a");
    second.seed = 2;
    const auto best = made.run(second, 0.8);
    const auto facts = factsOf(made.project, {"a"}, {}, {});
    QCOMPARE(facts.models.front().record.id, best);
    QCOMPARE(facts.shown, data::Part::Test);
    QVERIFY(has(made.html("a"), "params.seed"));  // the differences
  }

  void methodsNameWhatTheyMust() {
    Made made;
    const auto id = made.run(made.spec("a"), 0.7);
    store::RunTracking(made.project.database())
        .record(id, {{"system.processor", std::string("Made-up 9000")},
                     {"params.training.calibration", std::string("platt")},
                     {"hashes.program", std::string(64, 'c')}});
    const auto html = made.html("a");
    for (const auto* part : {"Made-up 9000", "Platt", "200 bootstrap resamples of proteins",
                             "rule random with seed 7", "best Matthews correlation on validation",
                             "Science 379:1123-1130", "No control was measured on these pairs."}) {
      QVERIFY2(has(html, part), part);
    }
    QVERIFY(has(html, "twofold-worker run --run " + id + " --again"));
    QVERIFY(has(html, std::string(64, 'c')));
    QVERIFY(!has(html, "Nat Methods 16:1315"));  // UniRep was not used
  }

  void curvesAreThereForWhatWasPredicted() {
    Made made;
    const auto id = made.run(made.spec("a"), 0.7);
    const auto report = reportOn(made.project, {"a"}, {}, {});
    std::vector<const Figure*> figures;
    for (const auto& block : report.blocks) {
      if (const auto* row = std::get_if<Figures>(&block)) {
        for (const auto& figure : row->figures) {
          figures.push_back(&figure);
        }
      }
    }
    QCOMPARE(figures.size(), std::size_t{5});
    QVERIFY(figures[1]->lines[0].name.starts_with("chance, 0.500"));
    QVERIFY(figures[1]->lines[1].name.starts_with(id));
    QCOMPARE(figures[4]->lines.size(), std::size_t{2});  // train and validation
    QCOMPARE(figures[4]->lines[1].points.back().second, 0.7 - 0.05 * 3);
  }

  void importedScoresAreToldAsSuch() {
    Made made;
    auto spec = made.spec("a");
    spec.imported = {"TUnA", "tuna.tsv", std::string(64, 'd'), "table", "rank", "validation"};
    const auto id = made.run(spec, 0.7);
    const auto html = made.html("a");
    for (const auto* part : {"TUnA (file tuna.tsv", "scores taken as ranks",
                             "best Matthews correlation on the file&#39;s validation scores",
                             "These imported scores have no control beside them"}) {
      QVERIFY2(has(html, part), part);
    }
    for (const auto* part : {"composition ·", "AdamW", "--again", "twofold-worker train",
                             "Reliability on", "calibration error 0"}) {
      QVERIFY2(!has(html, part), part);
    }
    // Beside a model that was trained each has its own words.
    const auto trained = made.run(made.spec("a"), 0.6);
    const auto both = made.html("a");
    QVERIFY(has(both, "run --run " + trained + " --again"));
    QVERIFY(!has(both, "run --run " + id + " --again"));
    QVERIFY(has(both, "One pair model") && has(both, "AdamW") && has(both, "Reliability on"));
    QVERIFY(has(both, "--backbone esm2") || has(both, "--channels degree"));
  }

  void importsWithoutASplitAreReported() {
    Made made;
    made.splitHash.clear();
    auto spec = made.spec("whole");
    spec.split.clear();
    spec.imported = {"TUnA", "tuna.tsv", std::string(64, 'd'), "table", "probability", "0.5"};
    static_cast<void>(made.run(spec, 0.7));
    const auto html = made.html("whole");
    QVERIFY(has(html, "which no split cuts"));
    QVERIFY(has(html, "without a split"));
    QVERIFY(has(html, "measured on the test part (40 pairs, 20 positive)"));
    QVERIFY(!has(html, "The split was cut by"));
  }

  void importsWithoutPairsAreReported() {
    Made made;
    made.splitHash.clear();
    auto spec = made.spec("far (MLflow)");
    spec.pairSet.clear();
    spec.split.clear();
    spec.imported = {"run 7", "mlflow.db", std::string(64, 'd'), "MLflow", "", "none"};
    static_cast<void>(made.run(spec, 0.7));
    const auto html = made.html("far (MLflow)");
    QVERIFY(has(html, "imported with their numbers alone"));
    QVERIFY(has(html, "Nothing was looked for"));
    QVERIFY(has(html, "run 7 (file mlflow.db"));
    QVERIFY(!has(html, "bootstrap over proteins"));
  }

  void anUnreadableRunOfAnotherExperimentStopsNothing() {
    Made made;
    static_cast<void>(made.run(made.spec("a"), 0.7));
    const auto broken = made.run(made.spec("b", "composition"), 0.5);
    {
      store::Transaction transaction(made.project.database());
      made.project.database().execute("UPDATE run SET spec = '{\"version\": 99}' WHERE id = '" +
                                      broken + "'");
      transaction.commit();
    }
    const auto facts = factsOf(made.project, {"a"}, {}, {});
    QCOMPARE(facts.models.size(), std::size_t{1});
    QVERIFY(facts.controls.empty());
  }

  void anUnknownExperimentNamesTheNearest() {
    Made made;
    static_cast<void>(made.run(made.spec("channels"), 0.7));
    EXPECT_ERROR(made.html("chanels"), ErrorKind::NotFound, "did you mean \"channels\"");
  }

  void anExperimentWithoutFinishedRunsSaysSo() {
    Made made;
    static_cast<void>(made.run(made.spec("a"), 0, false));
    EXPECT_ERROR(made.html("a"), ErrorKind::Usage, "has no finished run yet");
  }

  void aStopIsSeen() {
    Made made;
    static_cast<void>(made.run(made.spec("a"), 0.7));
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN((void)factsOf(made.project, {"a"}, {}, stop.get_token()),
                             StopRequested);
  }

  void wordsOfAShellAreQuoted() {
    QCOMPARE(shellWord("a b'c"), std::string("'a b'\\''c'"));
    QCOMPARE(shellWord("user:x"), std::string("user:x"));
    QCOMPARE(shellWord(""), std::string("''"));
    QCOMPARE(countText(-1234567), std::string("-1,234,567"));
    QCOMPARE(countText(999), std::string("999"));
  }
};

QTEST_GUILESS_MAIN(TestExperimentReport)
#include "tst_experiment_report.moc"
