#include <QTest>
#include <map>

#include "core/base/error.h"
#include "core/process/rank_place.h"

using namespace twofold;
using process::RankPlace;

namespace {

using Environment = std::map<std::string, std::string>;

RankPlace placeIn(const Environment& environment) {
  return process::rankPlace([&](const std::string& name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  });
}

Environment torchrun() {
  return {{"RANK", "5"},
          {"WORLD_SIZE", "8"},
          {"LOCAL_RANK", "1"},
          {"LOCAL_WORLD_SIZE", "4"},
          {"MASTER_ADDR", "node7"},
          {"MASTER_PORT", "29500"}};
}

Environment srun() {
  return {{"SLURM_PROCID", "5"},
          {"SLURM_NTASKS", "9"},
          {"SLURM_LOCALID", "1"},
          {"SLURM_NODEID", "1"},
          {"SLURM_STEP_ID", "0"},
          {"SLURM_JOB_ID", "4711"},
          {"SLURM_STEP_TASKS_PER_NODE", "4(x2),1"},
          {"SLURM_JOB_NODELIST", "gpu[03-05,9],login2"}};
}

/// The message that is refused with; empty when it was not.
std::string refusal(const Environment& environment) {
  try {
    static_cast<void>(placeIn(environment));
  } catch (const Error& error) {
    return error.kind() == ErrorKind::Usage ? error.what() : "";
  }
  return "";
}

}  // namespace

class TestRankPlace : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void withoutALauncherItIsAlone() {
    QVERIFY(placeIn({}).isAlone());
    QVERIFY(placeIn({{"MASTER_PORT", "1"}, {"LOCAL_RANK", "3"}}).isAlone());
  }

  void torchrunsVariables() {
    auto environment = torchrun();
    auto place = placeIn(environment);
    QCOMPARE(place.rank, 5);
    QCOMPARE(place.size, 8);
    QCOMPARE(place.localRank, 1);
    QCOMPARE(place.localSize, 4);
    QCOMPARE(place.address, std::string("node7"));
    QCOMPARE(place.port, std::uint16_t{29500});
    QVERIFY(!place.isHosted && !place.isFirst() && !place.isOneMachine());
    environment["TORCHELASTIC_USE_AGENT_STORE"] = "True";
    environment["TORCHELASTIC_RESTART_COUNT"] = "2";
    place = placeIn(environment);
    QVERIFY(place.isHosted);
    QCOMPARE(place.round, std::string("2"));
  }

  void srunsVariables() {
    auto environment = srun();
    auto place = placeIn(environment);
    QCOMPARE(place.rank, 5);
    QCOMPARE(place.size, 9);
    QCOMPARE(place.localRank, 1);
    QCOMPARE(place.localSize, 4);
    QCOMPARE(place.address, std::string("gpu03"));
    QVERIFY(place.port >= 15000 && place.port < 30000);
    auto later = environment;
    later["SLURM_STEP_ID"] = "1";
    QVERIFY(placeIn(later).port != place.port);
    environment["SLURM_NODEID"] = "2";
    environment["SLURM_LOCALID"] = "0";
    QCOMPARE(placeIn(environment).localSize, 1);
    environment["MASTER_ADDR"] = "10.0.0.1";
    environment["MASTER_PORT"] = "4000";
    environment["SLURM_STEP_NODELIST"] = "gpu09";
    place = placeIn(environment);
    QCOMPARE(place.address, std::string("10.0.0.1"));
    QCOMPARE(place.port, std::uint16_t{4000});
    environment.erase("MASTER_ADDR");
    QCOMPARE(placeIn(environment).address, std::string("gpu09"));
    environment["SLURM_STEP_NUM_TASKS"] = "6";  // of this step; the job may have more
    QCOMPARE(placeIn(environment).size, 6);
  }

  void aBatchScriptIsNoRank() {
    auto environment = srun();
    environment.erase("SLURM_STEP_ID");
    QVERIFY(placeIn(environment).isAlone());
  }

  void torchrunUnderSrunCounts() {
    auto environment = torchrun();
    environment.merge(srun());
    QCOMPARE(placeIn(environment).size, 8);
  }

  void nonsenseIsRefusedByName_data() {
    QTest::addColumn<bool>("isSlurm");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");  // "-": the variable is missing
    for (const char* value : {"", "-", "x", "-1", "8", "1e1", "99999999999999999999", " 1"}) {
      QTest::addRow("RANK %s", value) << false << "RANK" << value;
    }
    QTest::newRow("no size") << false << "WORLD_SIZE"
                             << "-";
    QTest::newRow("size 0") << false << "WORLD_SIZE"
                            << "0";
    QTest::newRow("huge size") << false << "WORLD_SIZE"
                               << "1000000000";
    QTest::newRow("local rank") << false << "LOCAL_RANK"
                                << "4";
    QTest::newRow("local size") << false << "LOCAL_WORLD_SIZE"
                                << "9";
    QTest::newRow("no address") << false << "MASTER_ADDR"
                                << "-";
    QTest::newRow("empty address") << false << "MASTER_ADDR"
                                   << "";
    QTest::newRow("no port") << false << "MASTER_PORT"
                             << "-";
    QTest::newRow("port 0") << false << "MASTER_PORT"
                            << "0";
    QTest::newRow("large port") << false << "MASTER_PORT"
                                << "65536";
    QTest::newRow("task") << true << "SLURM_PROCID"
                          << "9";
    QTest::newRow("no tasks") << true << "SLURM_NTASKS"
                              << "-";
    QTest::newRow("local task") << true << "SLURM_LOCALID"
                                << "4";
    QTest::newRow("no job") << true << "SLURM_JOB_ID"
                            << "-";
    QTest::newRow("no machines") << true << "SLURM_JOB_NODELIST"
                                 << "-";
    for (const char* list :
         {"", "4(x", "4(x)", "(x2)", "4(2)", "0(x9)", "4(x1)", "4,", "4(x0),1"}) {
      QTest::addRow("tasks %s", list) << true << "SLURM_STEP_TASKS_PER_NODE" << list;
    }
  }
  void nonsenseIsRefusedByName() {
    QFETCH(bool, isSlurm);
    QFETCH(QString, name);
    QFETCH(QString, value);
    auto environment = isSlurm ? srun() : torchrun();
    if (value == "-") {
      environment.erase(name.toStdString());
    } else {
      environment[name.toStdString()] = value.toStdString();
    }
    const auto message = refusal(environment);
    QVERIFY2(message.find(name.toStdString()) != std::string::npos, message.c_str());
  }

  void firstHostOfALargeList_data() {
    QTest::addColumn<QString>("list");
    QTest::addColumn<QString>("host");
    QTest::newRow("one") << "node1"
                         << "node1";
    QTest::newRow("two") << "a,b"
                         << "a";
    QTest::newRow("range") << "n[003-120]"
                           << "n003";
    QTest::newRow("set") << "n[7,9-11]-ib"
                         << "n7-ib";
    QTest::newRow("two ranges") << "rack[2-3]n[5-6],x"
                                << "rack2n5";
  }
  void firstHostOfALargeList() {
    QFETCH(QString, list);
    QFETCH(QString, host);
    QCOMPARE(QString::fromStdString(process::firstHost(list.toStdString())), host);
  }

  void brokenListsAreRefused() {
    for (const char* list : {"", ",a", "n[1-2", "["}) {
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(process::firstHost(list)), Error);
    }
  }
};

QTEST_GUILESS_MAIN(TestRankPlace)
#include "tst_rank_place.moc"
