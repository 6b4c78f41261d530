// sweep: arms beside the recipe as given, in full and by successive halving.
#include <QTest>
#include <set>

#include "worker_harness.h"

using namespace twofold::test;

class TestSweepCommand : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { QVERIFY(m_made.prepare()); }

  void aGridIsOneTable() {
    const auto sweep = m_made.run(command(4) << "--vary"
                                             << "training.width=8,16"
                                             << "--vary"
                                             << "training.learning_rate=0.01,0.0001"
                                             << "--seeds"
                                             << "2");
    QVERIFY2(sweep.exitCode == 0, sweep.message().c_str());
    const Json rows = sweep.last().at("rows");
    QCOMPARE(rows.size(), std::size_t{5});
    QCOMPARE(rows[0].at("name").get<std::string>(), std::string("as given"));
    for (std::size_t i = 1; i < rows.size(); ++i) {
      QCOMPARE(rows[i].at("runs").size(), std::size_t{2});
      QVERIFY(i == 1 || rows[i].at("auprc").get<double>() <= rows[i - 1].at("auprc").get<double>());
      const Json gain = rows[i].at("auprc_gain");
      QVERIFY(gain.at("low").get<double>() <= gain.at("delta").get<double>());
      QVERIFY(gain.at("delta").get<double>() <= gain.at("high").get<double>());
      QVERIFY(gain.at("p").get<double>() <= gain.at("p_holm").get<double>());
      QVERIFY(gain.at("p_holm").get<double>() <= 1);
    }
    QVERIFY(rows[0].at("auprc_gain").at("p").is_null());  // no better than itself
    QCOMPARE(sweep.last().at("aside").size(), std::size_t{0});
    const auto note = sweep.last().at("note").get<std::string>();
    QVERIFY2(note.starts_with("The best of 5 arms on validation looks better than it is"),
             note.c_str());
  }

  void backbonesAndChannelsAreOneMatrix() {
    const QStringList axes = {"--vary", "backbone=composition,random", "--vary",
                              "channels=sequence,sequence+neighbours"};
    const auto sweep = m_made.run(command(2) + axes);
    QVERIFY2(sweep.exitCode == 0, sweep.message().c_str());
    const Json rows = sweep.last().at("rows");
    std::set<std::string> names;
    for (const auto& row : rows) {
      names.insert(row.at("name").get<std::string>());
    }
    QCOMPARE(names, (std::set<std::string>{"as given: backbone = composition, channels = sequence",
                                           "backbone = composition, channels = sequence+neighbours",
                                           "backbone = random, channels = sequence",
                                           "backbone = random, channels = sequence+neighbours"}));
    QCOMPARE(rows[0].at("name").get<std::string>(),
             std::string("as given: backbone = composition, channels = sequence"));

    // The same runs beside another reference.
    const auto runs = m_made.run({"runs"}).last().at("runs").size();
    const auto other = m_made.run(command(2) + axes +
                                  QStringList{"--reference", "backbone=random,channels=sequence"});
    QVERIFY2(other.exitCode == 0, other.message().c_str());
    QCOMPARE(m_made.run({"runs"}).last().at("runs").size(), runs);
    const Json first = other.last().at("rows")[0];
    QCOMPARE(first.at("name").get<std::string>(),
             std::string("backbone = random, channels = sequence"));
    QCOMPARE(first.at("auprc_gain").at("delta").get<double>(), 0.0);
    QCOMPARE(other.last().at("rows").size(), std::size_t{4});
    const auto wrong = m_made.run(command(2) + axes + QStringList{"--reference", "backbone=esm2"});
    QCOMPARE(wrong.exitCode, 2);
    QVERIFY2(wrong.message().find("there is no arm") != std::string::npos, wrong.message().c_str());
  }

  void halvingSetsAsideAndChangesNoNumber() {
    const QStringList vary{"--vary", "training.learning_rate=0.02,0.01,0.000001,0.0000001"};
    const auto halved = m_made.run(command(8) + vary + QStringList{"--halving", "2"});
    QVERIFY2(halved.exitCode == 0, halved.message().c_str());
    const Json rows = halved.last().at("rows");
    const Json aside = halved.last().at("aside");
    QCOMPARE(rows.size() + aside.size(), std::size_t{5});
    QCOMPARE(aside.size(), std::size_t{3});  // four, two, one go on
    QCOMPARE(aside[0].at("epochs").get<int>(), 2);
    const auto reason = aside[0].at("reason").get<std::string>();
    QVERIFY2(reason == "fell behind: place 3 of 4, where 2 go on" ||
                 reason == "fell behind: place 4 of 4, where 2 go on",
             reason.c_str());
    QCOMPARE(aside[2].at("reason").get<std::string>(),
             std::string("fell behind: place 2 of 2, where 1 goes on"));
    QCOMPARE(aside[2].at("epochs").get<int>(), 4);
    const auto status = [&](const Json& run) {
      const Json listed = m_made.run({"runs"}).last();
      for (const auto& record : listed.at("runs")) {
        if (record.at("id") == run) {
          return record.at("status").get<std::string>();
        }
      }
      return std::string("none");
    };
    QCOMPARE(status(aside[0].at("runs")[0]), std::string("stopped"));
    QCOMPARE(status(rows[1].at("runs")[0]), std::string("done"));

    // The whole grid takes those up, and what was paused ends as what was not.
    const auto whole = m_made.run(command(8) + vary);
    QVERIFY2(whole.exitCode == 0, whole.message().c_str());
    QCOMPARE(whole.last().at("rows").size(), std::size_t{5});
    const auto named = [](const Json& list, const Json& name) {
      for (const auto& row : list) {
        if (row.at("name") == name) {
          return row;
        }
      }
      return Json();
    };
    Json before = rows[1];
    Json after = named(whole.last().at("rows"), rows[1].at("name"));
    for (auto* row : {&before, &after}) {
      for (const char* gain : {"auprc_gain", "accuracy_gain"}) {
        row->at(gain).erase("p_holm");  // of two rows, and of five
      }
    }
    QCOMPARE(after.dump(), before.dump());
  }

  void pausedRunsEndAsUndisturbedOnes() {
    const auto halved = m_made.run(command(6) << "--vary"
                                              << "training.dropout=0.1,0.2"
                                              << "--halving"
                                              << "2");
    QVERIFY2(halved.exitCode == 0, halved.message().c_str());
    const Json winner = halved.last().at("rows")[1];
    const auto name = QString::fromStdString(winner.at("name").get<std::string>());
    auto train = command(6);
    train[0] = "train";
    train[train.indexOf("sweeps")] = "alone";
    train << (QString("training.dropout=") + name.section(" = ", 1));
    const auto alone = m_made.run(train);
    QVERIFY2(alone.exitCode == 0, alone.message().c_str());
    QCOMPARE(winner.at("auprc").get<double>(),
             alone.last().at("parts").at("validation").at("auprc").get<double>());
  }

  void anArmThatFailsIsSetAsideWithItsReason() {
    // There are no structures, so nothing can be learned from them.
    const auto sweep = m_made.run(command(3) + QStringList{"--vary", "channels=sequence,calpha",
                                                           "--vary", "training.dropout=0.1,0.2"});
    QVERIFY2(sweep.exitCode == 0, sweep.message().c_str());
    QCOMPARE(sweep.last().at("rows").size(), std::size_t{3});
    const Json aside = sweep.last().at("aside");
    QCOMPARE(aside.size(), std::size_t{2});
    QVERIFY(aside[0].at("failure").get<std::string>().find("channel calpha") != std::string::npos);
    QVERIFY(aside[0].at("auprc").is_null());
  }

  void epochsCannotVaryUnderHalving() {
    const auto halved = m_made.run(command(3) << "--vary"
                                              << "training.epochs=2,4"
                                              << "--halving"
                                              << "2");
    QCOMPARE(halved.exitCode, 2);
    QVERIFY2(halved.message().find("training.epochs cannot vary") != std::string::npos,
             halved.message().c_str());
  }

  void theDefaultIsNoOtherArm() {
    const auto sweep = m_made.run(command(1) << "--vary"
                                             << "training.width=32,16");
    QVERIFY2(sweep.exitCode == 0, sweep.message().c_str());
    QCOMPARE(sweep.last().at("rows").size(), std::size_t{2});
  }

  void randomArmsAreRepeatable() {
    const QStringList vary{"--vary", "training.dropout=0..0.5", "--random", "2"};
    const auto first = m_made.run(command(1) + vary);
    QVERIFY2(first.exitCode == 0, first.message().c_str());
    const auto second = m_made.run(command(1) + vary);
    QCOMPARE(second.last().at("rows").dump(), first.last().at("rows").dump());
  }

  void anArmThatCannotBeIsToldBeforeAnythingIsTrained() {
    const auto before = m_made.run({"runs"}).last().at("runs").size();
    const auto wrong = m_made.run(command(2) << "--vary"
                                             << "training.widht=8,16");
    QCOMPARE(wrong.exitCode, 2);
    QVERIFY2(wrong.message().find("training.widht = 8") != std::string::npos &&
                 wrong.message().find("width") != std::string::npos,
             wrong.message().c_str());
    QCOMPARE(m_made.run({"runs"}).last().at("runs").size(), before);
  }

 private:
  [[nodiscard]] static QStringList command(int epochs) {
    return {"sweep",
            "--pairs",
            "made",
            "--split",
            "random",
            "--channels",
            "sequence",
            "--seed",
            "3",
            "--backbone",
            "composition",
            "--experiment",
            "sweeps",
            "--threads",
            "1",
            "--set",
            QString("training.epochs=%1").arg(epochs)};
  }

  MadeUpProject m_made;
};

QTEST_GUILESS_MAIN(TestSweepCommand)
#include "tst_sweep_command.moc"
