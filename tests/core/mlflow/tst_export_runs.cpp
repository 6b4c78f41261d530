#include <QTest>

#include <cmath>
#include <limits>
#include <set>

#include "core/base/progress.h"
#include "core/mlflow/export_runs.h"
#include "core/mlflow/run_content.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"
#include "tests/core/mlflow/fake_server.h"

using namespace twofold;
using namespace twofold::mlflow;
using namespace twofold::tests;
using formats::Json;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr int kEpochs = 12;

/// Two runs with histories, results, tags, a note and an artifact.
struct Made {
  TestFolder folder;
  store::Project project = store::Project::openOrCreate(folder.path("project"));
  store::RunRepository runs{project.database()};
  store::RunTracking tracking{project.database()};
  std::vector<std::string> ids;

  Made() {
    for (int seed = 1; seed <= 2; ++seed) {
      const auto spec =
          R"({"backbone":{"id":"esm2","options":{"layers":6}},"channels":[{"id":"user:mine","options":{"width":2}}],)"
          R"("pairSet":"yeast","split":"random","seed":)" +
          std::to_string(seed) + "}";
      ids.push_back(runs.create("first", spec, std::string(64, 'a')).id);
      for (int epoch = 1; epoch <= kEpochs; ++epoch) {
        runs.appendMetric(ids.back(), "train", "loss", epoch, 1.0 / epoch);
      }
      metrics::PartMetrics part;
      part.n = 40;
      part.values = {{"auprc", 0.1 + 0.2}, {"ece", kNaN}};
      part.intervals = {{"auprc", {0.25, 0.375}}};
      runs.setPartMetrics(ids.back(), "test", part);
      runs.setStatus(ids.back(), store::RunStatus::Done);
    }
    tracking.setNote(ids[0], "best of \xc3\xbc all");
    tracking.setTags(ids[0], {{"fold", "3"}});
  }

  [[nodiscard]] ExportReport send(FakeServer& fake, const std::string& experiment,
                                  std::chrono::milliseconds patience = std::chrono::seconds(60)) {
    net::HttpLimits limits;
    limits.whole = patience;
    Server server(fake.url(), {}, limits, {});
    return exportRuns(project, server, {ids, experiment}, {});
  }
};

/// The only run with this identity in the experiment, or null.
Json onlyRun(const Json& state, const std::string& experiment, const std::string& identity) {
  Json found;
  for (const auto& [id, run] : state.at("runs").items()) {
    if (run.at("info").at("experiment_id") == state.at("experiments").at(experiment) &&
        run.at("tags").value(kRunTag, "") == identity) {
      if (!found.is_null()) {
        return {};
      }
      found = run;
    }
  }
  return found;
}

/// What must be the same however the run came there.
Json essence(Json run) {
  std::multiset<std::string> points;
  for (const auto& point : run.at("metrics")) {
    points.insert(point.dump());
  }
  run["metrics"] = points;
  for (const char* own : {"run_id", "experiment_id"}) {
    run["info"].erase(own);
  }
  run["tags"].erase(kContentTag);  // of the experiment's name too
  return run;
}

std::vector<Json> pointsOf(const Json& run, const std::string& key) {
  std::vector<Json> points;
  for (const auto& point : run.at("metrics")) {
    if (point.at("key") == key) {
      points.push_back(point);
    }
  }
  return points;
}

}  // namespace

class TestExportRuns : public QObject {
  Q_OBJECT

 private:
  FakeServer m_server;
  Made m_made;

  std::string identity(std::size_t i) {
    return identityOf(m_made.ids[i], m_made.runs.run(m_made.ids[i]).created);
  }

 private Q_SLOTS:
  void cleanup() { m_server.orderNothing(); }

  void aRunArrivesWhole() {
    const auto report = m_made.send(m_server, "");
    QCOMPARE(report.created, 2);
    QCOMPARE(report.metrics, 2 * (kEpochs + 6));
    QCOMPARE(report.left.skipped.at("NaN or infinity, which MLflow's stores do not keep as such"),
             2);
    QCOMPARE(report.left.skipped.at("name changed to one that MLflow permits"), 2);
    const auto run = onlyRun(m_server.state(), "first", identity(0));
    QVERIFY(!run.is_null());
    QCOMPARE(run["info"]["status"].get<std::string>(), std::string("FINISHED"));
    QCOMPARE(run["info"]["run_name"].get<std::string>(), m_made.ids[0]);
    QVERIFY(run["info"]["end_time"].get<std::int64_t>() > 1'700'000'000'000);
    QCOMPARE(run["params"]["backbone.layers"].get<std::string>(), std::string("6"));
    QCOMPARE(run["params"]["user_mine.width"].get<std::string>(), std::string("2"));
    QCOMPARE(run["tags"]["mlflow.note.content"].get<std::string>(),
             std::string("best of \xc3\xbc all"));
    QCOMPARE(run["tags"]["fold"].get<std::string>(), std::string("3"));
    QCOMPARE(run["datasets"][0]["dataset"]["name"].get<std::string>(), std::string("yeast/random"));
    QCOMPARE(run["datasets"][0]["dataset"]["digest"].get<std::string>(), std::string(36, 'a'));
    const auto history = pointsOf(run, "history/train/loss");
    QCOMPARE(history.size(), std::size_t{kEpochs});
    QCOMPARE(history[2]["step"].get<int>(), 3);
    QCOMPARE(history[2]["value"].get<double>(), 1.0 / 3);
    QCOMPARE(pointsOf(run, "test/auprc").at(0)["value"].get<double>(), 0.1 + 0.2);
    QCOMPARE(pointsOf(run, "test/auprc_low").at(0)["value"].get<double>(), 0.25);
    QCOMPARE(pointsOf(run, "test/auprc_high").at(0)["value"].get<double>(), 0.375);
    QVERIFY(pointsOf(run, "test/ece").empty());
  }

  void sentAgainItStaysAsItIs() {
    static_cast<void>(m_made.send(m_server, "again"));
    const auto before = m_server.state();
    const auto report = m_made.send(m_server, "again");
    QCOMPARE(report.unchanged, 2);
    QCOMPARE(report.created + report.updated + report.metrics + report.params + report.tags, 0);
    QVERIFY(m_server.state()["runs"] == before["runs"]);
  }

  void whateverBreaksRepeatingMakesOneWholeCopy_data() {
    QTest::addColumn<QString>("mode");
    for (const char* mode : {"down", "lost", "half", "cut", "rubbish", "broken"}) {
      QTest::newRow(mode) << mode;
    }
  }
  void whateverBreaksRepeatingMakesOneWholeCopy() {
    QFETCH(QString, mode);
    static_cast<void>(m_made.send(m_server, "whole"));
    const auto whole = essence(onlyRun(m_server.state(), "whole", identity(0)));
    const auto second = essence(onlyRun(m_server.state(), "whole", identity(1)));
    int failures = 0;
    for (int after = 0; after < 40; ++after) {
      const auto experiment = mode.toStdString() + std::to_string(after);
      m_server.order(mode.toStdString(), after);
      const auto error = caught([&] { static_cast<void>(m_made.send(m_server, experiment)); });
      m_server.orderNothing();
      if (!error) {
        break;  // the whole export took fewer calls
      }
      ++failures;
      QCOMPARE(static_cast<int>(error->kind()), static_cast<int>(ErrorKind::Io));
      QVERIFY2(std::string(error->what()).find("of 2 runs are at the server") != std::string::npos,
               error->what());
      static_cast<void>(m_made.send(m_server, experiment));
      const auto state = m_server.state();
      QVERIFY2(essence(onlyRun(state, experiment, identity(0))) == whole, experiment.c_str());
      QVERIFY2(essence(onlyRun(state, experiment, identity(1))) == second, experiment.c_str());
      QCOMPARE(m_made.send(m_server, experiment).unchanged, 2);
    }
    QVERIFY(failures >= 10 && failures < 40);  // at each of the calls
  }

  void aSlowServerIsNotWaitedForForEver() {
    static_cast<void>(m_made.send(m_server, "whole"));
    const auto whole = essence(onlyRun(m_server.state(), "whole", identity(0)));
    m_server.order("slow", 4);
    EXPECT_ERROR(m_made.send(m_server, "slow", std::chrono::milliseconds(800)), ErrorKind::Io,
                 "no whole answer within 0.8 s");
    m_server.orderNothing();
    static_cast<void>(m_made.send(m_server, "slow"));
    QVERIFY(essence(onlyRun(m_server.state(), "slow", identity(0))) == whole);
  }

  void whatIsNewIsSentAndNoMore() {
    Made made;
    static_cast<void>(made.send(m_server, "grows"));
    made.runs.appendMetric(made.ids[0], "train", "loss", kEpochs + 1, 0.03125);
    made.runs.appendMetric(made.ids[0], "train", "loss", 2, 0.625);  // was 0.5
    made.tracking.setTags(made.ids[0], {{"fold", "4"}});
    const auto report = made.send(m_server, "grows");
    QCOMPARE(report.updated, 1);
    QCOMPARE(report.unchanged, 1);
    QCOMPARE(report.metrics, 2);
    QCOMPARE(report.tags, 1);
    QVERIFY(report.left.examples
                .at("point that has another value there, which MLflow keeps beside the new one")[0]
                .find("step 2: 0.5 there, 0.625 here") != std::string::npos);
    QCOMPARE(made.send(m_server, "grows").unchanged, 2);
    // The first value again: the one that is shown counts, not that it was there once.
    made.runs.appendMetric(made.ids[0], "train", "loss", 2, 0.5);
    QCOMPARE(made.send(m_server, "grows").metrics, 1);
    const auto run = onlyRun(m_server.state(), "grows",
                             identityOf(made.ids[0], made.runs.run(made.ids[0]).created));
    std::int64_t last = 0;
    double value = 0;
    for (const auto& point : pointsOf(run, "history/train/loss")) {
      if (point["step"] == 2 && point["timestamp"].get<std::int64_t>() > last) {
        last = point["timestamp"];
        value = point["value"];
      }
    }
    QCOMPARE(value, 0.5);
  }

  void whatIsTakenOffHereIsTakenOffThere() {
    Made made;
    made.tracking.setTags(made.ids[0], {{"reviewed by", "me"}});
    static_cast<void>(made.send(m_server, "taken off"));
    const auto tagsThere = [&] {
      return onlyRun(m_server.state(), "taken off",
                     identityOf(made.ids[0], made.runs.run(made.ids[0]).created))["tags"];
    };
    QVERIFY(tagsThere().contains("fold") && tagsThere().contains("reviewed by"));
    made.tracking.removeTag(made.ids[0], "reviewed by");
    made.tracking.setNote(made.ids[0], "");
    QCOMPARE(made.send(m_server, "taken off").updated, 1);
    QVERIFY(tagsThere().contains("fold") && !tagsThere().contains("reviewed by"));
    QVERIFY(!tagsThere().contains("mlflow.note.content"));
    made.tracking.removeTag(made.ids[0], "fold");
    QCOMPARE(made.send(m_server, "taken off").updated, 1);
    QVERIFY(!tagsThere().contains("fold") && !tagsThere().contains(kTagsTag));
    QVERIFY(tagsThere().contains("twofold.project"));
    QCOMPARE(made.send(m_server, "taken off").unchanged, 2);
  }

  void aBrokenOffTakingOffIsRepeated() {
    Made made;
    static_cast<void>(made.send(m_server, "half off"));
    made.tracking.removeTag(made.ids[0], "fold");
    for (int call = 0; call < 8; ++call) {  // whichever call it hits
      m_server.order("lost", call);
      try {
        static_cast<void>(made.send(m_server, "half off"));
      } catch (const Error&) {
      }
      m_server.orderNothing();
      static_cast<void>(made.send(m_server, "half off"));
      const auto tags =
          onlyRun(m_server.state(), "half off",
                  identityOf(made.ids[0], made.runs.run(made.ids[0]).created))["tags"];
      QVERIFY(!tags.contains("fold"));
      made.tracking.setTags(made.ids[0], {{"fold", std::to_string(call)}});
      static_cast<void>(made.send(m_server, "half off"));
      made.tracking.removeTag(made.ids[0], "fold");
    }
  }

  void aParamThatDiffersIsTold() {
    Made made;
    static_cast<void>(made.send(m_server, "params"));
    made.tracking.record(made.ids[1], {{"params.seed", std::int64_t{7}}});
    for (int i = 0; i < 2; ++i) {  // as often as it is sent
      const auto report = made.send(m_server, "params");
      QCOMPARE(report.unchanged, 2);
      QVERIFY(report.left.examples
                  .at("param that has another value there, which MLflow never changes")[0]
                  .find("seed is \"2\" there, \"7\" here") != std::string::npos);
    }
  }

  void longRunsGoInBatches() {
    Made made;
    std::map<std::string, std::string> tags;
    for (int i = 0; i < 230; ++i) {
      tags["tag" + std::to_string(i)] = std::string(6000, 'x');
    }
    made.tracking.setTags(made.ids[0], tags);
    for (int step = 0; step < 2300; ++step) {
      made.runs.appendMetric(made.ids[0], "train", "step_loss", step, step);
    }
    const auto report = made.send(m_server, "long");
    QCOMPARE(report.created, 2);
    QCOMPARE(report.left.skipped.at("text shortened to what MLflow takes"), 230);
    const auto state = m_server.state();
    const auto run =
        onlyRun(state, "long", identityOf(made.ids[0], made.runs.run(made.ids[0]).created));
    QCOMPARE(pointsOf(run, "history/train/step_loss").size(), std::size_t{2300});
    QCOMPARE(run["tags"]["tag7"].get<std::string>().size(), std::size_t{5000});
    QVERIFY(state["largest"].get<std::int64_t>() < 1'000'000);
  }

  void itStopsBetweenRuns() {
    std::stop_source stop;
    Server server(m_server.url(), {}, {}, stop.get_token());
    const imports::Watch watch{[&](const Progress& progress) {
                                 if (progress.done == 1) {
                                   stop.request_stop();
                                 }
                               },
                               stop.get_token()};
    bool isStopped = false;
    try {
      static_cast<void>(exportRuns(m_made.project, server, {m_made.ids, "stopped"}, watch));
    } catch (const StopRequested&) {
      isStopped = true;
    }
    QVERIFY(isStopped);
    const auto report = m_made.send(m_server, "stopped");
    QCOMPARE(report.unchanged, 1);
    QCOMPARE(report.created, 1);
  }

  void aServerThatIsDownIsNamed() {
    Server server("http://127.0.0.1:1", {}, {}, {});
    EXPECT_ERROR(exportRuns(m_made.project, server, {m_made.ids, ""}, {}), ErrorKind::Io,
                 "http://127.0.0.1:1: nobody answers; is the server running at this URL?");
  }

  void aLoginIsSentAndNeverTold() {
    Server server(m_server.url(), {"ann", "hush9", ""}, {}, {});
    QCOMPARE(exportRuns(m_made.project, server, {{}, ""}, {}).created, 0);
    m_server.order("login", 0);
    const auto error = caught([&] {
      static_cast<void>(exportRuns(m_made.project, server, {m_made.ids, "login"}, {}));
    });
    QVERIFY(error && std::string(error->what()).find("hush9") == std::string::npos);
    QVERIFY(std::string(error->what()).find("refuses the login") != std::string::npos);
    QCOMPARE(m_server.state()["authorization"].get<std::string>(),
             std::string("Basic YW5uOmh1c2g5"));
    Server withToken(m_server.url(), {"", "", "tok-1"}, {}, {});
    EXPECT_ERROR(exportRuns(m_made.project, withToken, {m_made.ids, "login"}, {}), ErrorKind::Io,
                 "MLFLOW_TRACKING_TOKEN");
    QCOMPARE(m_server.state()["authorization"].get<std::string>(), std::string("Bearer tok-1"));
  }

  void urlsAreChecked_data() {
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("words");
    QTest::newRow("scheme") << "file:///etc/passwd"
                            << "the address of an MLflow server";
    QTest::newRow("none") << "localhost:5000"
                          << "the address of an MLflow server";
    QTest::newRow("host") << "http://"
                          << "the address of an MLflow server";
    QTest::newRow("query") << "http://h/?a=b"
                           << "without ? and #";
    QTest::newRow("login") << "http://ann:hush9@h:5000"
                           << "MLFLOW_TRACKING_USERNAME";
  }
  void urlsAreChecked() {
    QFETCH(QString, url);
    QFETCH(QString, words);
    const auto error = caught([&] { Server server(url.toStdString(), {}, {}, {}); });
    QVERIFY(error && error->kind() == ErrorKind::Usage);
    QVERIFY2(QString(error->what()).contains(words), error->what());
    QVERIFY(!QString(error->what()).contains("hush9"));
  }

  void aLoginIsOneLine() {
    EXPECT_ERROR((Server("http://h", {"", "", "a\r\nX: y"}, {}, {})), ErrorKind::Usage,
                 "line break");
  }
};

QTEST_GUILESS_MAIN(TestExportRuns)
#include "tst_export_runs.moc"
