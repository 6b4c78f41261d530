// A run that is stopped, or killed, and taken up again ends with the numbers of one that was not.
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTest>
#include <set>

#include <csignal>

#include "core/store/project.h"
#include "core/store/run_repository.h"
#include "worker_harness.h"

using namespace twofold;
using namespace twofold::test;

namespace {

constexpr int kEpochs = 150;

std::string runIdIn(const std::string& output) {
  for (const auto& line : jsonLines(output)) {
    if (line.is_object() && line.value("event", "") == "status") {
      return line.at("run").get<std::string>();
    }
  }
  return "";
}

}  // namespace

class TestStopAndResume : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepare());
    const auto undisturbed = m_made.run(m_made.trainCommand("sequence", kEpochs));
    QVERIFY2(undisturbed.exitCode == 0, undisturbed.message().c_str());
    m_parts = undisturbed.last().at("parts");
  }

  void disturbedRunsEndWithTheSameNumbers_data() {
    QTest::addColumn<int>("signal");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("status");
    QTest::newRow("asked to stop") << SIGTERM << 85 << "stopped";
    QTest::newRow("interrupted on the terminal") << SIGINT << 85 << "stopped";
    QTest::newRow("killed") << SIGKILL << -1 << "interrupted";
  }

  void disturbedRunsEndWithTheSameNumbers() {
    QFETCH(int, signal);
    QFETCH(int, exitCode);
    QFETCH(QString, status);
    QProcess process;
    m_made.start(process, m_made.trainCommand("sequence", kEpochs));
    const auto output = readUntilEpoch(process, 5);
    const auto run = runIdIn(output);
    QVERIFY(!run.empty());
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
    QVERIFY(process.waitForFinished(10000));
    if (exitCode >= 0) {
      QCOMPARE(process.exitStatus(), QProcess::NormalExit);
      QCOMPARE(process.exitCode(), exitCode);
    }
    QCOMPARE(statusOf(run), status.toStdString());
    const auto resumed = m_made.run({"run", "--run", QString::fromStdString(run)});
    QVERIFY2(resumed.exitCode == 0, resumed.message().c_str());
    QCOMPARE(resumed.last().at("command").get<std::string>(), std::string("run"));
    QCOMPARE(resumed.last().at("parts").dump(), m_parts.dump());
    QVERIFY2(resumed.out.find("\"step\":1,") == std::string::npos, "it began again at epoch 1");
    verifyEventFile(run);
  }

  void otherStructuresAreNotTakenUpInTheMiddle_data() {
    QTest::addColumn<bool>("inFirstEpoch");
    QTest::newRow("after epochs") << false;
    QTest::newRow("in the first") << true;
  }

  void otherStructuresAreNotTakenUpInTheMiddle() {
    QFETCH(bool, inFirstEpoch);
    const MadeUpProject made;
    QVERIFY(made.prepareWithStructures());
    QProcess process;
    made.start(process, made.trainCommand("sequence,calpha", kEpochs));
    const auto run = QString::fromStdString(runIdIn(readUntilEpoch(process, 3)));
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGTERM), 0);
    QVERIFY(process.waitForFinished(10000));
    if (inFirstEpoch) {  // as the store would have it: there is a checkpoint, and no epoch yet
      auto project = store::Project::openOrCreate(made.project().toStdString());
      store::RunRepository(project.database()).setEpochs(run.toStdString(), 0);
    }
    const QDir folder(made.project() + "/structures");
    const auto files = folder.entryList(QDir::Files);
    QVERIFY(!files.isEmpty());
    QFile file(folder.filePath(files.first()));
    const auto length = file.size();
    QVERIFY(file.open(QIODevice::Append));
    file.write("REMARK\n");
    file.close();
    const auto resumed = made.run({"run", "--run", run});
    QCOMPARE(resumed.exitCode, 2);
    QVERIFY2(QString::fromStdString(resumed.message()).contains("began with other structures"),
             resumed.message().c_str());
    QVERIFY(file.resize(length));
    const auto goneOn = made.run({"run", "--run", run});
    QVERIFY2(goneOn.exitCode == 0, goneOn.message().c_str());
  }

  void aRunThatTheWindowQueuesAgainGoesOn() {
    QProcess process;
    m_made.start(process, m_made.trainCommand("sequence", kEpochs));
    const auto run = runIdIn(readUntilEpoch(process, 5));
    process.terminate();
    QVERIFY(process.waitForFinished(10000));
    {
      auto project = store::Project::openOrCreate(m_made.project().toStdString());
      store::RunRepository(project.database()).setStatus(run, store::RunStatus::Queued);
    }
    const auto resumed = m_made.run({"run", "--run", QString::fromStdString(run)});
    QVERIFY2(resumed.exitCode == 0, resumed.message().c_str());
    QVERIFY2(resumed.out.find("\"step\":1,") == std::string::npos, "it began again at epoch 1");
    QCOMPARE(resumed.last().at("parts").dump(), m_parts.dump());
  }

  void trainResumesTooAndRefusesAnotherSpec() {
    QProcess process;
    m_made.start(process, m_made.trainCommand("sequence", kEpochs));
    const auto run = QString::fromStdString(runIdIn(readUntilEpoch(process, 3)));
    process.terminate();
    QVERIFY(process.waitForFinished(10000));
    QCOMPARE(process.exitCode(), 85);
    const auto other =
        m_made.run(m_made.trainCommand("sequence", kEpochs + 1) << "--resume" << run);
    QCOMPARE(other.exitCode, 2);
    const auto same = m_made.run(m_made.trainCommand("sequence", kEpochs) << "--resume" << run);
    QVERIFY2(same.exitCode == 0, same.message().c_str());
    QCOMPARE(same.last().at("parts").dump(), m_parts.dump());
  }

 private:
  [[nodiscard]] std::string statusOf(const std::string& run) const {
    const auto result = m_made.run({"runs"}).last();
    for (const auto& listed : result.at("runs")) {
      if (listed.at("id") == run) {
        return listed.at("status").get<std::string>();
      }
    }
    return "not listed";
  }

  /// Whole lines only, though a worker was killed, and every epoch is there.
  void verifyEventFile(const std::string& run) const {
    QFile file(m_made.project() + "/runs/" + QString::fromStdString(run) + "/events.jsonl");
    QVERIFY(file.open(QIODevice::ReadOnly));
    std::set<int> epochs;
    int broken = 0;
    for (const auto& line : jsonLines(file.readAll().toStdString())) {
      broken += line.is_object() ? 0 : 1;
      if (line.is_object() && line.value("event", "") == "metric") {
        epochs.insert(line.at("step").get<int>());
      }
    }
    QVERIFY(broken <= 1);  // a killed worker may leave half a line, which stays alone
    QCOMPARE(epochs.size(), std::size_t{kEpochs});
  }

  MadeUpProject m_made;
  Json m_parts;
};

QTEST_GUILESS_MAIN(TestStopAndResume)
#include "tst_stop_and_resume.moc"
