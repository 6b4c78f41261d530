// What the form of a sweep means: a command, and a number of runs.
#include <QTest>

#include "core/base/error.h"
#include "ui/panels/sweep/sweep_pace.h"
#include "ui/panels/sweep/sweep_request.h"
#include "ui/panels/sweep/varied_options.h"

using namespace twofold;
using namespace twofold::ui;

namespace {

SweepRequest request() {
  SweepRequest request;
  request.pairSet = "demo";
  request.split = "random";
  request.backbones = {"composition", "esm2"};
  request.channelSets = {{"sequence"}, {"sequence", "calpha"}};
  request.epochs = 8;
  request.experiment = "matrix";
  return request;
}

runs::ComponentCatalog catalog() {
  runs::ComponentCatalog all;
  all.backbones = {{"composition", "Composition", "", {}},
                   {"esm2", "ESM-2", "", {folderOption("folder", "Weights", "")}}};
  all.channels = {{"sequence", "Sequence", "", {}},
                  {"calpha", "C-alpha", "", {realOption("cutoff", "Cut-off", 8, 4, 16, "")}}};
  all.fusions = {{"attention", "Attention", "", {}}, {"concat", "Concatenation", "", {}}};
  all.heads = {{"mlp", "MLP", "", {integerOption("units", "Units", 64, 1, 512, "")}}};
  all.training = {"training",
                  "Training",
                  "",
                  {integerOption("epochs", "Epochs", 10, 1, 1000, ""),
                   realOption("rate", "Learning rate", 3e-4, 1e-7, 1, "")}};
  return all;
}

VariedOption rate() {
  return {"training.rate", realOption("rate", "Learning rate", 3e-4, 1e-7, 1, "")};
}

QString messageOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace

class TestSweepRequest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aMatrixIsOneCommand() {
    auto wanted = request();
    wanted.vary = {"training.rate=0.01,0.001"};
    wanted.seeds = 2;
    wanted.halving = 3;
    QCOMPARE(sweepArguments(wanted).join(' '),
             QString("sweep --pairs demo --split random --backbone composition --channels sequence "
                     "--vary backbone=composition,esm2 --vary channels=sequence,sequence+calpha "
                     "--vary training.rate=0.01,0.001 --set training.epochs=8 --seeds 2 "
                     "--halving 3 --experiment matrix"));
    wanted.random = 5;
    QVERIFY(sweepArguments(wanted).join(' ').contains("--random 5"));
  }

  void theReferenceIsOneOfTheCombinations() {
    const auto size = sweepSize(catalog(), request());
    QCOMPARE(size.arms, std::size_t{4});  // two backbones, two sets; no fifth "as given"
    QCOMPARE(size.runs, 4);
    QCOMPARE(size.epochs, 32.0);
    QVERIFY(sizeWords(request(), size).startsWith("This makes 4 runs: 4 arms, seeds of each: 1."));
  }

  void aDefaultWrittenOutIsNoOtherArm() {
    auto wanted = request();
    wanted.backbones = {"composition"};
    wanted.channelSets = {{"sequence"}};
    wanted.vary = {"training.rate=0.0003,0.01"};
    wanted.seeds = 3;
    const auto size = sweepSize(catalog(), wanted);
    QCOMPARE(size.arms, std::size_t{2});
    QCOMPARE(size.runs, 6);
  }

  void drawnArmsAreAsManyAsAskedForBesideTheReference() {
    auto wanted = request();
    wanted.random = 7;
    wanted.vary = {"training.rate=log:1e-4..1e-2"};
    QCOMPARE(sweepSize(catalog(), wanted).runs, 8);
  }

  void drawnArmsThatAreOneRecipeAreOneArm() {
    auto wanted = request();
    wanted.backbones = {"composition"};
    wanted.channelSets = {{"sequence"}};
    wanted.random = 2;
    wanted.vary = {"head.units=64,32"};  // the first is the default, written out
    QCOMPARE(sweepSize(catalog(), wanted).arms, std::size_t{2});
  }

  void moreThanThereAreCannotBeDrawn() {
    auto wanted = request();
    wanted.random = 7;
    const auto words = messageOf([&] { std::ignore = sweepSize(catalog(), wanted); });
    QVERIFY2(words.contains("only 4 combinations to draw 7 from"), qPrintable(words));
    wanted.random = 4;  // one of them is the reference
    QVERIFY(messageOf([&] {
              std::ignore = sweepSize(catalog(), wanted);
            }).contains("only 3 that differ"));
    wanted.random = 3;
    QCOMPARE(sweepSize(catalog(), wanted).arms, std::size_t{4});
  }

  void manyCombinationsAreCountedAndTooManyAreRefused() {
    auto wanted = request();
    wanted.vary = {"training.rate=1e-1,1e-2,1e-3,1e-4,1e-5,1e-6,1e-7,2e-1,2e-2,2e-3",
                   "head.units=1,2,3,4,5,6,7,8,9,64"};
    QVERIFY(!isCountedAtOnce(wanted));
    const auto size = sweepSize(catalog(), wanted);
    QCOMPARE(size.arms, std::size_t{401});
    QVERIFY(sizeWords(wanted, size).startsWith("This makes 401 runs"));
    wanted.vary.front() += ",3e-4";  // of 440 one is the reference with its defaults written out
    QCOMPARE(sweepSize(catalog(), wanted).arms, std::size_t{440});
    wanted.vary.push_back("calpha.cutoff=4,5,6");
    QVERIFY(messageOf([&] {
              std::ignore = sweepSize(catalog(), wanted);
            }).contains("more than 1000 combinations"));
  }

  void halvingTrainsLess() {
    auto wanted = request();
    wanted.vary = {"training.rate=0.01,0.001"};
    wanted.halving = 2;
    const auto size = sweepSize(catalog(), wanted);
    // 4 combinations of parts x 2 rates, beside the reference whose rate is the default.
    QCOMPARE(size.arms, std::size_t{9});
    QCOMPARE(size.rungs.size(), std::size_t{3});
    QCOMPARE(size.rungs[0].epochs, 1);
    QCOMPARE(size.rungs[0].arms, std::size_t{8});
    QCOMPARE(size.rungs[0].kept, std::size_t{4});
    QCOMPARE(size.rungs[2].kept, std::size_t{1});
    QCOMPARE(size.epochs, 8.0 + 8 * 1 + 4 * 1 + 2 * 2 + 1 * 4);
    QVERIFY(sizeWords(wanted, size).contains("After epoch 1, 4 of 8 arms go on."));
    wanted.epochs = 1;
    QVERIFY(sizeWords(wanted, sweepSize(catalog(), wanted)).contains("too few epochs"));
  }

  void whatIsNoSweepIsRefusedWithTheCure_data() {
    QTest::addColumn<QString>("missing");
    QTest::addColumn<QString>("words");
    QTest::newRow("split") << "split"
                           << "Choose a split";
    QTest::newRow("backbone") << "backbone"
                              << "Tick at least one backbone";
    QTest::newRow("channels") << "channels"
                              << "Add at least one set";
    QTest::newRow("axis") << "axis"
                          << "Nothing varies yet";
    QTest::newRow("name") << "name"
                          << "Name the experiment";
    QTest::newRow("epochs") << "epochs"
                            << "epochs cannot vary";
  }
  void whatIsNoSweepIsRefusedWithTheCure() {
    QFETCH(QString, missing);
    QFETCH(QString, words);
    auto wanted = request();
    if (missing == "split") {
      wanted.pairSet.clear();
    } else if (missing == "backbone") {
      wanted.backbones.clear();
    } else if (missing == "channels") {
      wanted.channelSets.clear();
    } else if (missing == "axis") {
      wanted.backbones.removeLast();
      wanted.channelSets.removeLast();
    } else if (missing == "name") {
      wanted.experiment.clear();
    } else {
      wanted.halving = 2;
      wanted.vary = {"training.epochs=2,4"};
    }
    const auto message = messageOf([&] { std::ignore = sweepArguments(wanted); });
    QVERIFY2(message.contains(words), qPrintable(message));
    QCOMPARE(messageOf([&] { std::ignore = sweepSize(catalog(), wanted); }), message);
  }

  void optionsAreThoseThatEveryArmHas() {
    const auto keys = [](const QStringList& backbones, const QList<QStringList>& sets) {
      QStringList list;
      for (const auto& option : optionsToVary(catalog(), backbones, sets)) {
        list << QString::fromStdString(option.key);
      }
      return list;
    };
    const QStringList always = {"training.epochs", "training.rate", "fusion", "head.units"};
    QCOMPARE(keys({"composition", "esm2"}, {{"sequence"}, {"calpha"}}), always);
    QCOMPARE(keys({"esm2"}, {{"sequence", "calpha"}, {"calpha"}}),
             always + QStringList{"calpha.cutoff"});  // a folder is no value to try
  }

  void valuesAreCheckedAgainstTheirOption() {
    QCOMPARE(variationOf(rate(), " 0.01, 0.1 ", false), std::string("training.rate=0.01,0.1"));
    QCOMPARE(variationOf(rate(), "log:1e-4..1e-2", true),
             std::string("training.rate=log:1e-4..1e-2"));
    const auto wrong = [](const VariedOption& option, const char* values, bool isDrawn) {
      return messageOf([&] { std::ignore = variationOf(option, values, isDrawn); });
    };
    QVERIFY(wrong(rate(), "0.01, 7", false).contains("rate"));
    QVERIFY(wrong(rate(), "0.01,,7", false).contains("empty value"));
    QVERIFY(wrong(rate(), "0..0.5", false).contains("draw at random"));
    QVERIFY(wrong(rate(), "0.1..5", true).contains("rate"));
    const VariedOption fusion{"fusion", choiceOption("fusion", "Fusion", {"a", "b"}, "")};
    QVERIFY(wrong(fusion, "1..2", true).contains("takes values, not a range: a, b"));
    QVERIFY(wrong(fusion, "c", false).contains("fusion"));
  }

  void anEstimateRestsOnRunsOfTheSameBackbones() {
    const auto wanted = request();
    const auto size = sweepSize(catalog(), wanted);
    SweepPace pace = {{"composition", {1, 2, 30}}};
    QVERIFY(paceWords(pace, wanted, size).contains("no run of esm2 on this split"));
    pace["esm2"] = {4};
    // 32 epochs, half of them at 2 s, half at 4 s.
    const QString words = paceWords(pace, wanted, size);
    QVERIFY2(words.startsWith("About 1 min 36 s") && words.contains("4 ended runs"),
             qPrintable(words));
  }
};

QTEST_GUILESS_MAIN(TestSweepRequest)
#include "tst_sweep_request.moc"
