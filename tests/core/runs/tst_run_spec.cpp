// Run specs: round trip, refused input, options set by name.
#include <QTest>
#include <string>

#include "core/base/error.h"
#include "core/runs/run_spec.h"

using namespace twofold;
using runs::RunSpec;

namespace {

RunSpec exampleSpec() {
  RunSpec spec;
  spec.experiment = "demo";
  spec.pairSet = "subunits";
  spec.split = "random";
  spec.backbone = {"esm2", {{"shape", std::string("6x320")}, {"dropout", 1.0}}};
  spec.channels = {{"sequence", {{"tokens", std::int64_t{4}}}}, {"calpha", {{"deep", true}}}};
  spec.training = {{"epochs", std::int64_t{20}}, {"rate", 1e-3}};
  spec.seed = 18446744073709551615ULL;
  spec.device = "cpu";
  spec.threads = 2;
  return spec;
}

std::string messageOf(const std::string& json) {
  try {
    (void)runs::runSpecFromJson(formats::Json::parse(json), "spec.json");
  } catch (const Error& error) {
    return error.kind() == ErrorKind::BadInput ? error.what() : "another kind of error";
  }
  return "no error";
}

}  // namespace

class TestRunSpec : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void survivesJsonText() {
    const auto spec = exampleSpec();
    const auto text = runs::toJson(spec).dump();
    QVERIFY(runs::runSpecFromJson(formats::Json::parse(text), "spec.json") == spec);
  }

  void importedScoresSurviveJsonText() {
    runs::RunSpec spec;
    spec.experiment = "imported";
    spec.pairSet = "yeast";
    spec.channels.clear();
    spec.imported = {"TUnA", "tuna.tsv", std::string(64, 'a'), "TUnA", "probability", "0.5"};
    const auto json = runs::toJson(spec);
    QCOMPARE(json.at("version").get<int>(), 2);
    QVERIFY(!json.contains("backbone"));
    QVERIFY(runs::runSpecFromJson(json, "spec.json") == spec);
    QCOMPARE(runs::summary(spec), std::string("TUnA · tuna.tsv · yeast"));
    // What has no imported scores is read by earlier programs too.
    QCOMPARE(runs::toJson(exampleSpec()).at("version").get<int>(), 1);
  }

  void keepsWholeRealsReal() {
    const auto text = runs::toJson(exampleSpec()).dump();
    const auto spec = runs::runSpecFromJson(formats::Json::parse(text), "spec.json");
    QVERIFY(std::holds_alternative<double>(spec.backbone.options.at("dropout")));
  }

  void leftOutKeysKeepDefaults() {
    const auto spec =
        runs::runSpecFromJson(formats::Json::parse(R"({"pairSet":"p","split":"s"})"), "spec.json");
    QCOMPARE(spec.backbone.id, std::string("composition"));
    QCOMPARE(spec.channels.size(), std::size_t{1});
    QCOMPARE(spec.seed, std::uint64_t{1});
  }

  void refusesWithTheKeyNamed_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("expected");
    QTest::newRow("missing pair set") << R"({"split":"s"})"
                                      << R"("pairSet" is missing)";
    QTest::newRow("misspelt key") << R"({"pairSet":"p","split":"s","seeed":3})"
                                  << R"(unknown key "seeed"; did you mean "seed"?)";
    QTest::newRow("wrong type") << R"({"pairSet":1,"split":"s"})"
                                << R"("pairSet" must be text)";
    QTest::newRow("negative seed") << R"({"pairSet":"p","split":"s","seed":-1})"
                                   << R"("seed" must be a whole number)";
    QTest::newRow("newer version") << R"({"version":99,"pairSet":"p","split":"s"})"
                                   << "newer Twofold is needed";
    QTest::newRow("option is a list") << R"({"pairSet":"p","split":"s","training":{"epochs":[1]}})"
                                      << R"(option "epochs")";
    QTest::newRow("channel without id")
        << R"({"pairSet":"p","split":"s","channels":[{"options":{}}]})"
        << "channels[0]";
    QTest::newRow("unknown key in a part")
        << R"({"pairSet":"p","split":"s","head":{"id":"mlp","width":3}})"
        << R"(unknown key "width")";
    QTest::newRow("not an object") << "[1]"
                                   << "JSON object";
  }

  void refusesWithTheKeyNamed() {
    QFETCH(QString, json);
    QFETCH(QString, expected);
    const auto message = messageOf(json.toStdString());
    QVERIFY2(message.starts_with("spec.json: "), message.c_str());
    QVERIFY2(message.find(expected.toStdString()) != std::string::npos, message.c_str());
  }

  void optionsAreSetByPartAndName() {
    auto spec = exampleSpec();
    runs::setOption(spec, "training.epochs=3");
    runs::setOption(spec, "patience=7");
    runs::setOption(spec, "backbone.weights=/data/a=b");
    runs::setOption(spec, "calpha.radius=8.5");
    runs::setOption(spec, "head.norm=false");
    QCOMPARE(std::get<std::int64_t>(spec.training.at("epochs")), 3);
    QCOMPARE(std::get<std::int64_t>(spec.training.at("patience")), 7);
    QCOMPARE(std::get<std::string>(spec.backbone.options.at("weights")), std::string("/data/a=b"));
    QCOMPARE(std::get<double>(spec.channels.at(1).options.at("radius")), 8.5);
    QCOMPARE(std::get<bool>(spec.head.options.at("norm")), false);
  }

  void optionsOfUnknownPartsAreRefused() {
    auto spec = exampleSpec();
    for (const auto* assignment : {"calhpa.radius=8", "epochs", "=3"}) {
      QVERIFY_EXCEPTION_THROWN(runs::setOption(spec, assignment), Error);
    }
    QVERIFY(spec == exampleSpec());
  }

  void summaryNamesEveryPart() {
    QCOMPARE(runs::summary(exampleSpec()),
             std::string("esm2 · sequence + calpha · attention · mlp · subunits/random · seed "
                         "18446744073709551615"));
  }
};

QTEST_GUILESS_MAIN(TestRunSpec)
#include "tst_run_spec.moc"
