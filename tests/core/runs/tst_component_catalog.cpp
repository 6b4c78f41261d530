// The catalog: round trip, and specs checked against it before a run is made.
#include <QTest>
#include <string>

#include "core/base/error.h"
#include "core/runs/component_catalog.h"

using namespace twofold;
using namespace twofold::runs;

namespace {

ComponentCatalog exampleCatalog() {
  ComponentCatalog catalog;
  catalog.backbones = {
      {"composition", "Composition", "Counts residues.", {}},
      {"esm2",
       "ESM-2",
       "A protein language model.",
       {folderOption("weights", "Weights", "A Hugging Face folder."),
        choiceOption("dtype", "Precision", {"fp32", "bf16"}, "Of the arithmetic.")}}};
  catalog.channels = {{"sequence", "Sequence", "The embedding.", {}},
                      {"calpha",
                       "C-alpha",
                       "The fold.",
                       {realOption("radius", "Radius", 10, 4, 20, "Neighbourhood.")}}};
  catalog.channels[1].options[0].unit = "Å";
  catalog.channels[1].options[0].advanced = true;
  catalog.fusions = {{"attention", "Attention", "Masked attention.", {}}};
  catalog.heads = {{"mlp", "MLP", "Two layers.", {}}};
  catalog.splitters = {{"random", "Random", "By label.", {}}};
  catalog.training = {"training",
                      "Training",
                      "The trainer.",
                      {integerOption("epochs", "Epochs", 20, 1, 1000, "Passes."),
                       switchOption("bf16", "bf16", false, "Half precision.")}};
  return catalog;
}

RunSpec exampleSpec() {
  RunSpec spec;
  spec.pairSet = "p";
  spec.split = "s";
  return spec;
}

std::string refusal(const RunSpec& spec) {
  try {
    checkAgainst(exampleCatalog(), spec);
  } catch (const Error& error) {
    return error.kind() == ErrorKind::Usage ? error.what() : "another kind of error";
  }
  return "no error";
}

}  // namespace

class TestComponentCatalog : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void survivesJsonText() {
    const auto json = toJson(exampleCatalog());
    const auto read = catalogFromJson(formats::Json::parse(json.dump()));
    QCOMPARE(toJson(read).dump(), json.dump());
    const auto& radius = read.channels.at(1).options.at(0);
    QCOMPARE(radius.type, OptionType::Real);
    QCOMPARE(std::get<double>(radius.defaultValue), 10.0);
    QCOMPARE(radius.maximum, 20.0);
    QCOMPARE(radius.unit, std::string("Å"));
    QVERIFY(radius.advanced);
    QCOMPARE(read.backbones.at(1).options.at(1).choices.size(), std::size_t{2});
  }

  void brokenCatalogsNameThePlace() {
    auto json = toJson(exampleCatalog());
    json["heads"][0].erase("help");
    QVERIFY_EXCEPTION_THROWN((void)catalogFromJson(json), Error);
    json = toJson(exampleCatalog());
    json["training"]["options"][0]["type"] = "colour";
    QVERIFY_EXCEPTION_THROWN((void)catalogFromJson(json), Error);
    QVERIFY_EXCEPTION_THROWN((void)catalogFromJson(formats::Json::array()), Error);
  }

  void defaultSpecPasses() { QCOMPARE(refusal(exampleSpec()), std::string("no error")); }

  void wholeNumbersServeAsReals() {
    auto spec = exampleSpec();
    spec.channels.push_back({"calpha", {{"radius", std::int64_t{8}}}});
    QCOMPARE(refusal(spec), std::string("no error"));
  }

  void wrongSpecsAreRefused_data() {
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("expected");
    QTest::newRow("backbone") << "esm"
                              << R"(there is no backbone "esm"; did you mean "esm2"?)";
    QTest::newRow("option") << "option"
                            << R"(backbone esm2 has no option "wieghts"; did you mean)";
    QTest::newRow("range") << "range"
                           << "option radius: 99 is outside 4 to 20";
    QTest::newRow("training") << "training"
                              << "option epochs: 0 is outside 1 to 1000";
    QTest::newRow("channel twice") << "twice"
                                   << R"(channel "sequence" is named twice)";
    QTest::newRow("no channel") << "none"
                                << "at least one channel";
    QTest::newRow("device") << "device"
                            << R"(there is no device "gpu")";
    QTest::newRow("threads") << "threads"
                             << "-1 threads";
  }

  void wrongSpecsAreRefused() {
    QFETCH(QString, change);
    QFETCH(QString, expected);
    auto spec = exampleSpec();
    if (change == "esm") {
      spec.backbone.id = "esm";
    } else if (change == "option") {
      spec.backbone = {"esm2", {{"wieghts", std::string("x")}}};
    } else if (change == "range") {
      spec.channels = {{"calpha", {{"radius", 99.0}}}};
    } else if (change == "training") {
      spec.training = {{"epochs", std::int64_t{0}}};
    } else if (change == "twice") {
      spec.channels.push_back({"sequence", {}});
    } else if (change == "none") {
      spec.channels.clear();
    } else if (change == "device") {
      spec.device = "gpu";
    } else {
      spec.threads = -1;
    }
    const auto message = refusal(spec);
    QVERIFY2(message.find(expected.toStdString()) != std::string::npos, message.c_str());
  }
};

QTEST_GUILESS_MAIN(TestComponentCatalog)
#include "tst_component_catalog.moc"
