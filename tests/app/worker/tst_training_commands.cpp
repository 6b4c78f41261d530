// train, evaluate and runs on a made-up project.
#include <QFile>
#include <QTest>

#include "core/runs/run_event.h"
#include "worker_harness.h"

using namespace twofold;
using namespace twofold::test;

namespace {

std::string eventFile(const MadeUpProject& made, const std::string& run) {
  QFile file(made.project() + "/runs/" + QString::fromStdString(run) + "/events.jsonl");
  return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

}  // namespace

class TestTrainingCommands : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepare());
    m_trained = m_made.run(m_made.trainCommand("sequence", 30));
    QVERIFY2(m_trained.exitCode == 0, m_trained.message().c_str());
    m_run = m_trained.last().at("run").get<std::string>();
  }

  void resultHoldsEveryNumberOfTheContract() {
    const auto result = m_trained.last();
    QCOMPARE(result.at("type").get<std::string>(), std::string("result"));
    QCOMPARE(result.at("command").get<std::string>(), std::string("train"));
    for (const auto* part : {"validation", "test"}) {
      const auto& numbers = result.at("parts").at(part);
      for (const auto* key : {"n", "positives", "threshold", "accuracy", "precision", "recall",
                              "f1", "mcc", "auroc", "auprc", "brier", "ece", "loss"}) {
        QVERIFY2(numbers.contains(key), key);
      }
      const auto& interval = numbers.at("ci").at("auprc");
      QVERIFY(interval.at(0).get<double>() <= numbers.at("auprc").get<double>() + 1e-9);
      QVERIFY(interval.at(1).get<double>() >= numbers.at("auprc").get<double>() - 1e-9);
    }
    QCOMPARE(result.at("parts").at("test").at("threshold").get<double>(),
             result.at("parts").at("validation").at("threshold").get<double>());
  }

  void easyPairsAreLearnt() {
    const auto auroc = m_trained.last().at("parts").at("validation").at("auroc").get<double>();
    QVERIFY2(auroc > 0.7, std::to_string(auroc).c_str());
  }

  void eventsGoToTheRunFolderWordForWord() {
    QCOMPARE(eventFile(m_made, m_run), m_trained.out);
    int metrics = 0;
    for (const auto& line : m_trained.lines) {
      const auto event = runs::eventFromLine(line.dump());
      QVERIFY2(event.has_value(), line.dump().c_str());
      metrics += std::holds_alternative<runs::MetricEvent>(*event) ? 1 : 0;
    }
    QVERIFY(metrics >= 60);
  }

  void evaluateGivesTheNumbersOfTraining() {
    const auto result = m_made.run({"evaluate", "--run", QString::fromStdString(m_run)});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(withoutDetails(result.last().at("parts")).dump(), m_trained.last().at("parts").dump());
  }

  void evaluateTakesOnePartOrOtherPairs() {
    const auto run = QString::fromStdString(m_run);
    const auto onePart = m_made.run({"evaluate", "--run", run, "--part", "test"});
    QCOMPARE(onePart.last().at("parts").size(), std::size_t{1});
    QVERIFY(onePart.last().at("parts").contains("test"));
    const auto all = m_made.run({"evaluate", "--run", run, "--pairs", "made"});
    QCOMPARE(all.last().at("parts").at("made").at("n").get<int>(), 200);
  }

  void evaluateRefusesAChannelThatTheModelLacks() {
    const auto result =
        m_made.run({"evaluate", "--run", QString::fromStdString(m_run), "--channels", "calpha"});
    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.message().find("calpha") != std::string::npos);
  }

  void aChannelWithoutEvidenceInTrainingIsRefused() {
    const auto result = m_made.run(m_made.trainCommand("sequence,calpha", 2));
    QCOMPARE(result.exitCode, 65);
    QVERIFY(result.message().find("channel calpha") != std::string::npos);
    QVERIFY(result.message().find("switch the channel off") != std::string::npos);
  }

  void runsListsTheRun() {
    const auto run = listed(m_run);
    QVERIFY(run.is_object());
    QCOMPARE(run.at("status").get<std::string>(), std::string("done"));
    QVERIFY(run.at("parts").contains("validation"));
    const auto text = runWorker({"runs", "--project", m_made.project()});
    QVERIFY(text.out.find(m_run) != std::string::npos);
  }

  void textModeEndsWithAMetricTable() {
    auto command = m_made.trainCommand("sequence", 2);
    const auto result = runWorker(command << "--project" << m_made.project());
    QCOMPARE(result.exitCode, 0);
    for (const auto* word : {"auprc", "validation", "[", "epoch   1", "95 % intervals"}) {
      QVERIFY2(result.out.find(word) != std::string::npos, result.out.c_str());
    }
  }

  void specFilesTrainTheSameNumbers() {
    const auto file = m_made.write("spec.json", listed(m_run).at("spec").dump());
    const auto result = m_made.run({"train", "--spec", file, "--experiment", "again"});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.last().at("parts").dump(), m_trained.last().at("parts").dump());
  }

  void wrongSpecsMakeNoRun_data() {
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("expected");
    QTest::newRow("backbone") << QStringList{"--backbone", "esm3"} << 2 << "\"esm2\"";
    QTest::newRow("channel") << QStringList{"--channels", "sequense"} << 2 << "\"sequence\"";
    QTest::newRow("option") << QStringList{"--set", "training.epoch=3"} << 2 << "\"epochs\"";
    QTest::newRow("range") << QStringList{"--set", "training.epochs=0"} << 2 << "epochs";
    QTest::newRow("pair set") << QStringList{"--pairs", "mode"} << 66 << "\"made\"";
    QTest::newRow("split") << QStringList{"--split", "rondom"} << 66 << "\"random\"";
  }

  void wrongSpecsMakeNoRun() {
    QFETCH(QStringList, more);
    QFETCH(int, exitCode);
    QFETCH(QString, expected);
    const auto runs = m_made.run({"runs"}).last().at("runs").size();
    auto command = m_made.trainCommand("sequence", 2);
    if (const auto given = command.indexOf(more[0]); given >= 0 && more[0] != "--set") {
      command[given + 1] = more[1];
    } else {
      command << more;
    }
    const auto result = m_made.run(command);
    QCOMPARE(result.exitCode, exitCode);
    QVERIFY2(QString::fromStdString(result.message()).contains(expected), result.message().c_str());
    QCOMPARE(m_made.run({"runs"}).last().at("runs").size(), runs);
  }

  void aSpecThatIsMissingOrEmptyIsTold() {
    const auto missing = m_made.run({"train", "--spec", "nowhere.json", "--experiment", "x"});
    QCOMPARE(missing.exitCode, 66);
    const auto empty =
        m_made.run({"train", "--spec", m_made.write("empty.json", ""), "--experiment", "x"});
    QCOMPARE(empty.exitCode, 65);
    QVERIFY(empty.message().find("empty.json") != std::string::npos);
  }

  void unknownRunsEndWith66() {
    for (const auto* command : {"run", "evaluate"}) {
      const auto result = m_made.run({command, "--run", "nosuch"});
      QCOMPARE(result.exitCode, 66);
      QVERIFY(result.message().find("nosuch") != std::string::npos);
    }
  }

  void aFinishedRunIsNotTakenUpAgain() {
    QCOMPARE(m_made.run({"run", "--run", QString::fromStdString(m_run)}).exitCode, 2);
  }

 private:
  /// The run as `runs` lists it, or null.
  [[nodiscard]] Json listed(const std::string& id) const {
    const auto result = m_made.run({"runs"}).last();
    for (const auto& run : result.at("runs")) {
      if (run.at("id") == id) {
        return run;
      }
    }
    return {};
  }

  MadeUpProject m_made;
  WorkerResult m_trained;
  std::string m_run;
};

QTEST_GUILESS_MAIN(TestTrainingCommands)
#include "tst_training_commands.moc"
