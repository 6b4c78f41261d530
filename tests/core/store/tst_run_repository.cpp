#include <sys/wait.h>
#include <unistd.h>
#include <QTest>

#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "core/base/process_identity.h"
#include "core/store/run_repository.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/store/store_fixture.h"

using namespace twofold;
using namespace twofold::store;
using namespace twofold::tests;

namespace {

const double kNaN = std::numeric_limits<double>::quiet_NaN();

ProcessIdentity self() {
  return *processWithPid(::getpid());
}

/// An identity whose process is gone.
ProcessIdentity dead() {
  auto worker = self();
  worker.startTicks += 1;
  return worker;
}

/// A process that lives until the test lets go of it.
class Sleeper {
 public:
  Sleeper() : m_pid(::fork()) {
    if (m_pid == 0) {
      ::pause();
      ::_exit(0);
    }
  }
  ~Sleeper() {
    ::kill(m_pid, SIGKILL);
    ::waitpid(m_pid, nullptr, 0);
  }
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;
  [[nodiscard]] ProcessIdentity identity() const { return *processWithPid(m_pid); }

 private:
  pid_t m_pid;
};

}  // namespace

class TestRunRepository : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void runsOfOneExperimentHaveOnePairSetAndOneSplit() {
    StoreFixture store;
    RunRepository runs(store.database());
    const std::string spec = R"({"pairSet":"gold","split":"c3","seed":1})";
    const auto first = runs.create("question", spec, "abc");
    static_cast<void>(
        runs.create("question", R"({"pairSet":"gold","split":"c3","seed":2})", "abc"));
    EXPECT_ERROR(runs.create("question", spec, "def"), ErrorKind::Usage, "--experiment");
    EXPECT_ERROR(runs.create("question", spec, "def"), ErrorKind::Usage,
                 "split \"c3\" of \"gold\" (run " + first.id + ")");
    EXPECT_ERROR(runs.create("question", R"({"pairSet":"silver","split":"c3"})", "abc"),
                 ErrorKind::Usage, "needs an experiment of its own");
    static_cast<void>(runs.create("another", spec, "def"));
    QCOMPARE(runs.runs().size(), std::size_t{3});
  }

  void aNewRunIsQueuedUnderAShortId() {
    StoreFixture store;
    RunRepository runs(store.database());
    const auto run = runs.create("default", R"({"seed":1})", "abc");
    QCOMPARE(run.id.size(), std::size_t{5});
    QCOMPARE(run.id.front(), 'r');
    QVERIFY(run.id.find_first_of("01ilo", 1) == std::string::npos);
    QCOMPARE(run.status, RunStatus::Queued);
    QCOMPARE(run.specJson, std::string(R"({"seed":1})"));
    QCOMPARE(run.splitHash, std::string("abc"));
    QCOMPARE(run.programVersion, std::string(TWOFOLD_VERSION));
    QVERIFY(run.created > 1'700'000'000);
    QVERIFY(!run.worker.has_value());
    std::set<std::string> ids;
    for (int i = 0; i < 20; ++i) {
      ids.insert(runs.create("many", "{}", "").id);
    }
    QCOMPARE(ids.size(), std::size_t{20});
    EXPECT_ERROR(runs.run("rzzzz9"), ErrorKind::NotFound, "no run");
  }

  void aDoneRunIsThereWithAllItSays() {
    StoreFixture store;
    RunRepository runs(store.database());
    MeasuredPart part{data::Part::Test, {3, 5}, {0.25F, 0.5F}, {}};
    part.metrics.n = 2;
    part.metrics.threshold = kNaN;
    part.metrics.values["auprc"] = 0.75;
    const auto run = runs.createDone("imported", "{}", "", std::array{part});
    QCOMPARE(run.status, RunStatus::Done);
    QVERIFY(run.finished > 0 && run.started == 0);
    QCOMPARE(run.parts.at("test").values.at("auprc"), 0.75);
    QVERIFY(std::isnan(run.parts.at("test").threshold));
    QCOMPARE(runs.predictions(run.id, data::Part::Test).at(1).second, 0.5F);
    part.probabilities.pop_back();
    EXPECT_ERROR(runs.createDone("imported", "{}", "", std::array{part}), ErrorKind::Internal,
                 "1 probabilities for 2 pairs");
    QCOMPARE(runs.runs().size(), std::size_t{1});  // all of it or nothing
    EXPECT_ERROR(runs.claim(run.id, self()), ErrorKind::Usage, "is done");
  }

  void claimingRecordsTheOwnerAndRefusesASecondOne() {
    StoreFixture store;
    const Sleeper other;
    RunRepository runs(store.database());
    const auto id = runs.create("e", "{}", "").id;
    runs.claim(id, other.identity());
    QCOMPARE(runs.run(id).status, RunStatus::Running);
    QCOMPARE(runs.run(id).worker->pid, other.identity().pid);
    QVERIFY(runs.run(id).started > 0);
    EXPECT_ERROR(runs.claim(id, self()), ErrorKind::Usage, std::to_string(other.identity().pid));
    runs.claim(id, other.identity());  // its own claim again
    EXPECT_ERROR(runs.remove(id), ErrorKind::Usage, "running");
  }

  void aDeadOwnersRunCanBeTakenAndADoneOneCannot() {
    StoreFixture store;
    RunRepository runs(store.database());
    const auto id = runs.create("e", "{}", "").id;
    runs.claim(id, dead());
    runs.claim(id, self());
    QCOMPARE(runs.run(id).worker->startTicks, self().startTicks);
    for (const auto status : {RunStatus::Stopped, RunStatus::Interrupted, RunStatus::Failed}) {
      runs.setStatus(id, status, "why");
      QCOMPARE(runs.run(id).message, std::string("why"));
      QVERIFY(runs.run(id).finished > 0);
      QVERIFY(!runs.run(id).worker.has_value());
      runs.claim(id, self());
      QCOMPARE(runs.run(id).finished, 0);
    }
    runs.setStatus(id, RunStatus::Done);
    EXPECT_ERROR(runs.claim(id, self()), ErrorKind::Usage, "done");
  }

  void runsOfDeadWorkersBecomeInterrupted() {
    StoreFixture store;
    RunRepository runs(store.database());
    const auto lost = runs.create("e", "{}", "").id;
    const auto alive = runs.create("e", "{}", "").id;
    const auto queued = runs.create("e", "{}", "").id;
    runs.claim(lost, dead());
    runs.claim(alive, self());
    QCOMPARE(runs.reapInterrupted(), std::vector{lost});
    QCOMPARE(runs.run(lost).status, RunStatus::Interrupted);
    QVERIFY(canResume(runs.run(lost).status));
    QCOMPARE(runs.run(alive).status, RunStatus::Running);
    QCOMPARE(runs.run(queued).status, RunStatus::Queued);
    QVERIFY(runs.reapInterrupted().empty());
  }

  void seriesKeepNaNAndOnePointForEachStep() {
    StoreFixture store;
    RunRepository runs(store.database());
    const auto id = runs.create("e", "{}", "").id;
    for (int step = 1; step <= 5; ++step) {
      runs.appendMetric(id, "train", "loss", step, step == 3 ? kNaN : 1.0 / step);
    }
    runs.appendMetric(id, "train", "loss", 5, 0.125);
    runs.appendMetric(id, "validation", "auprc", 1, 0.6);
    const auto series = runs.series(id);
    QCOMPARE(series.size(), std::size_t{2});
    QCOMPARE(series.at(0).metric, std::string("loss"));
    QCOMPARE(series.at(0).steps, (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
    QVERIFY(std::isnan(series.at(0).values.at(2)));
    QCOMPARE(series.at(0).values.at(4), 0.125);
    auto row = store.database().prepare(
        "SELECT last_step, last_value, best_step, best_value FROM metric_series ORDER BY part");
    QVERIFY(row.step());
    QCOMPARE(row.integer(0), 5);
    QCOMPARE(row.integer(2), 5);
    QCOMPARE(row.real(3), 0.125);
  }

  void aSeriesOfNaNHasALastButNoBest() {
    StoreFixture store;
    RunRepository runs(store.database());
    const auto id = runs.create("e", "{}", "").id;
    runs.appendMetric(id, "train", "loss", 1, kNaN);
    auto row =
        store.database().prepare("SELECT last_step, last_value, best_step FROM metric_series");
    QVERIFY(row.step());
    QCOMPARE(row.integer(0), 1);
    QVERIFY(row.isNull(1) && row.isNull(2));
  }

  void truncatingDropsLaterPointsOnly() {
    StoreFixture store;
    RunRepository runs(store.database());
    const auto id = runs.create("e", "{}", "").id;
    for (int step = 1; step <= 4; ++step) {
      runs.appendMetric(id, "train", "loss", step, 0.5);
    }
    runs.appendMetric(id, "validation", "f1", 4, 0.5);
    runs.truncateMetrics(id, 2);
    const auto series = runs.series(id);
    QCOMPARE(series.size(), std::size_t{1});
    QCOMPARE(series.at(0).steps, (std::vector<std::int64_t>{1, 2}));
  }

  void partMetricsAndPredictionsComeBack() {
    StoreFixture store;
    RunRepository runs(store.database());
    const auto id = runs.create("e", "{}", "").id;
    metrics::PartMetrics part;
    part.n = 10;
    part.positives = 4;
    part.threshold = 0.25;
    part.values = {{"auprc", 0.58125}, {"precision", kNaN}};
    part.intervals = {{"auprc", {0.5, 0.6}}};
    runs.setPartMetrics(id, "validation", part);
    for (const RunRecord& run : {runs.run(id), runs.runs().at(0)}) {
      const auto& back = run.parts.at("validation");
      QCOMPARE(back.n, 10);
      QCOMPARE(back.threshold, 0.25);
      QCOMPARE(back.values.at("auprc"), 0.58125);
      QVERIFY(std::isnan(back.values.at("precision")));
      QCOMPARE(back.intervals.at("auprc").high, 0.6);
    }
    const std::array<std::uint32_t, 3> pairs = {5, 7, 4'000'000'000U};
    const std::array<float, 3> probabilities = {0.1F, std::numeric_limits<float>::quiet_NaN(), 1.F};
    runs.setPredictions(id, data::Part::Test, pairs, probabilities);
    const auto back = runs.predictions(id, data::Part::Test);
    QCOMPARE(back.at(2).first, 4'000'000'000U);
    QVERIFY(std::isnan(back.at(1).second));
    QVERIFY(runs.predictions(id, data::Part::Validation).empty());
    EXPECT_ERROR(runs.setPredictions(id, data::Part::Test, pairs, {}), ErrorKind::Internal, "0");
  }

  void removingARunTakesEverythingOfIt() {
    StoreFixture store;
    RunRepository runs(store.database());
    const auto id = runs.create("e", "{}", "").id;
    runs.appendMetric(id, "train", "loss", 1, 0.5);
    runs.setPartMetrics(id, "test", {});
    runs.setEpochs(id, 3);
    QCOMPARE(runs.run(id).epochs, 3);
    runs.remove(id);
    QVERIFY(runs.runs().empty());
    auto left = store.database().prepare(
        "SELECT (SELECT count(*) FROM metric_series) + (SELECT count(*) FROM part_metrics)");
    QVERIFY(left.step());
    QCOMPARE(left.integer(0), 0);
  }

  void statusNamesGoBothWays() {
    QCOMPARE(runStatusFromName(name(RunStatus::Interrupted)), RunStatus::Interrupted);
    EXPECT_ERROR(runStatusFromName("paused"), ErrorKind::BadInput, "paused");
    QVERIFY(!canResume(RunStatus::Done));
  }
};

QTEST_GUILESS_MAIN(TestRunRepository)
#include "tst_run_repository.moc"
