#include <QTest>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/runs/successive_halving.h"
#include "core/runs/sweep_plan.h"

using namespace twofold;

namespace {

std::vector<runs::Variation> variations(std::initializer_list<const char*> texts) {
  std::vector<runs::Variation> list;
  for (const char* text : texts) {
    list.push_back(runs::parseVariation(text));
  }
  return list;
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

class TestSweepPlan : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aGridIsEveryCombinationBesideTheRecipeAsGiven() {
    runs::RunSpec spec;
    spec.training["width"] = std::int64_t{16};
    spec.training["dropout"] = 0.5;
    const auto arms =
        runs::gridArms(spec, variations({"training.width=16,32", "training.dropout=0.5,0.25"}));
    QCOMPARE(arms.size(), std::size_t{4});  // one of the four is the recipe as given
    QCOMPARE(arms[0].name, std::string("as given: training.width = 16, training.dropout = 0.5"));
    QCOMPARE(arms[0].spec, spec);
    QCOMPARE(arms[1].name, std::string("training.width = 16, training.dropout = 0.25"));
    QCOMPARE(arms[3].name, std::string("training.width = 32, training.dropout = 0.25"));
    QVERIFY(arms[3].spec.training.at("width") == OptionValue(std::int64_t{32}));
    QVERIFY(arms[3].spec.training.at("dropout") == OptionValue(0.25));
  }

  void partsVaryToo() {
    runs::RunSpec spec;
    spec.backbone = {"esm2", {{"layers", std::int64_t{2}}}};
    spec.channels = {{"sequence", {}}, {"annotation", {{"evidence", std::string("electronic")}}}};
    const auto arms = runs::gridArms(
        spec, variations({"backbone.layers=3", "backbone=esm2,unirep",
                          "channels=annotation,sequence+annotation", "head=factorised"}));
    QCOMPARE(arms.size(), std::size_t{5});
    QCOMPARE(arms[1].spec.channels.size(), std::size_t{1});
    QVERIFY(arms[1].spec.channels[0].options.contains("evidence"));  // a channel keeps its options
    QCOMPARE(arms[4].spec.backbone.id, std::string("unirep"));
    QVERIFY(arms[4].spec.backbone.options.at("layers") == OptionValue(std::int64_t{3}));
    QCOMPARE(arms[4].spec.head.id, std::string("factorised"));
  }

  void whatIsDrawnLiesInItsRangeAndIsRepeated() {
    const runs::RunSpec spec;
    const auto drawn = variations({"training.learning_rate=log:1e-4..1e-2", "training.width=8..64",
                                   "training.dropout=0..0.5", "fusion=concat,gated"});
    const auto arms = runs::randomArms(spec, drawn, 60, 5);
    QCOMPARE(arms.size(), std::size_t{61});
    std::set<std::string> recipes;
    int below = 0;
    for (std::size_t i = 1; i < arms.size(); ++i) {
      const auto& training = arms[i].spec.training;
      const double rate = std::get<double>(training.at("learning_rate"));
      QVERIFY(rate >= 1e-4 && rate <= 1e-2);
      below += rate < 1e-3 ? 1 : 0;
      const auto width = std::get<std::int64_t>(training.at("width"));
      QVERIFY(width >= 8 && width <= 64);
      recipes.insert(runs::toJson(arms[i].spec).dump());
    }
    QVERIFY(below > 15 && below < 45);  // half of a logarithmic range lies below its middle
    QCOMPARE(recipes.size(), std::size_t{60});
    QCOMPARE(runs::randomArms(spec, drawn, 60, 5)[60].name, arms[60].name);
    QVERIFY(runs::randomArms(spec, drawn, 60, 6)[60].name != arms[60].name);
  }

  void whatIsTheDefaultWrittenOutIsNoOtherArm() {
    runs::ComponentCatalog catalog;
    catalog.training = {"training", "Training", "", {integerOption("width", "", 32, 1, 99, "")}};
    const runs::RunSpec spec;
    const auto arms = runs::gridArms(spec, variations({"training.width=32,16"}));
    QCOMPARE(arms.size(), std::size_t{3});
    const auto distinct = runs::distinctArms(catalog, arms);
    QCOMPARE(distinct.size(), std::size_t{2});
    QCOMPARE(distinct[0].name, std::string("as given: training.width = 32"));
    QCOMPARE(distinct[1].name, std::string("training.width = 16"));
  }

  void anArmIsFoundByItsName() {
    const std::vector<std::string> names = {"as given: training.width = 32, head = mlp",
                                            "training.width = 16, head = mlp"};
    QCOMPARE(runs::armNamed(names, "as given"), std::size_t{0});
    QCOMPARE(runs::armNamed(names, "training.width=32,head=mlp"), std::size_t{0});
    QCOMPARE(runs::armNamed(names, names[0]), std::size_t{0});
    QCOMPARE(runs::armNamed(names, "training.width=16, head=mlp"), std::size_t{1});
    const auto wrong =
        messageOf([&] { static_cast<void>(runs::armNamed(names, "training.width=17,head=mlp")); });
    QVERIFY2(wrong.contains("there is no arm") && wrong.contains("training.width = 16"),
             qPrintable(wrong));
  }

  void slipsAreToldWithTheCure_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("no value") << "training.width="
                              << "write KEY=VALUE,VALUE";
    QTest::newRow("no key") << "=3"
                            << "write KEY=VALUE,VALUE";
    QTest::newRow("empty value") << "training.width=1,,2"
                                 << "empty value";
    QTest::newRow("backwards") << "training.dropout=0.5..0.1"
                               << "LOW below HIGH";
    QTest::newRow("log of zero") << "training.dropout=log:0..0.1"
                                 << "LOW above 0";
  }
  void slipsAreToldWithTheCure() {
    QFETCH(QString, text);
    QFETCH(QString, words);
    const auto message =
        messageOf([&] { static_cast<void>(runs::parseVariation(text.toStdString())); });
    QVERIFY2(message.contains(words), qPrintable(message));
  }

  void aPathIsNoRange() {
    const auto variation = runs::parseVariation("backbone.weights=../a,../b");
    QVERIFY(!variation.range);
    QCOMPARE(variation.values, (std::vector<std::string>{"../a", "../b"}));
  }

  void plansThatCannotBeAreRefused() {
    const runs::RunSpec spec;
    const auto grid = [&](std::initializer_list<const char*> texts) {
      return messageOf([&] { static_cast<void>(runs::gridArms(spec, variations(texts))); });
    };
    QVERIFY(grid({"training.dropout=0..0.5"}).contains("--random"));
    QVERIFY(grid({"training.width=8", "training.width=16"}).contains("varied twice"));
    QVERIFY(grid({}).contains("--vary"));
    const char* ten = "training.width=1,2,3,4,5,6,7,8,9,10";
    QVERIFY(grid({ten, "training.epochs=1,2,3,4,5,6,7,8,9,10",
                  "training.patience=1,2,3,4,5,6,7,8,9,10", "head=mlp,factorised"})
                .contains("more than 1000"));
    const auto tooMany = messageOf(
        [&] { static_cast<void>(runs::randomArms(spec, variations({"head=mlp,x"}), 2, 1)); });
    QVERIFY2(tooMany.contains("only 1 that differ"), qPrintable(tooMany));
  }

  void halvingLeavesFewForLong() {
    QCOMPARE(runs::rungEpochs(12, 9, 3), (std::vector<std::int64_t>{1, 4}));
    QCOMPARE(runs::rungEpochs(12, 2, 2), (std::vector<std::int64_t>{6}));
    QCOMPARE(runs::rungEpochs(1, 9, 3), std::vector<std::int64_t>());
    QCOMPARE(runs::rungEpochs(12, 1, 3), std::vector<std::int64_t>());
    const double none = std::nan("");
    QCOMPARE(runs::survivors(std::vector<double>{0.1, none, 0.3, 0.3, 0.2}, 2),
             (std::vector<std::size_t>{2, 3, 4}));
    QCOMPARE(runs::survivors(std::vector<double>{none, none}, 3), (std::vector<std::size_t>{0}));
  }
};

QTEST_GUILESS_MAIN(TestSweepPlan)
#include "tst_sweep_plan.moc"
