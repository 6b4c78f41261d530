// Sound weights pass with their hashes; every kind of damage is named.
#include <QTest>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/hash.h"
#include "core/weights/verify_weights.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/weights/made_up_weights.h"

using namespace twofold;
using namespace twofold::weights;
using tests::MadeUpWeights;

class TestVerifyWeights : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

  static VerifyReport verify(const MadeUpWeights& made) {
    return verifyWeights(made.folder(), {}, {});
  }
  static std::string joined(const VerifyReport& report) {
    std::string text;
    for (const auto& problem : report.problems) {
      text += problem + "\n";
    }
    return text;
  }

 private Q_SLOTS:
  void soundWeightsPassWithTheirHashes_data() {
    QTest::addColumn<QString>("config");
    QTest::addColumn<bool>("sharded");
    QTest::newRow("esm2") << QString::fromStdString(tests::esm2Config().dump()) << false;
    QTest::newRow("protbert, sharded")
        << QString::fromStdString(tests::bertConfig(30).dump()) << true;
    QTest::newRow("llama3") << QString::fromStdString(tests::llamaConfig().dump()) << false;
  }
  void soundWeightsPassWithTheirHashes() {
    QFETCH(QString, config);
    QFETCH(bool, sharded);
    MadeUpWeights made(m_folder, QTest::currentDataTag(), tests::Json::parse(config.toStdString()));
    sharded ? made.writeSharded() : made.write();
    std::int64_t done = 0;
    std::int64_t total = -1;
    const auto report = verifyWeights(made.folder(),
                                      [&](const Progress& progress) {
                                        done = progress.done;
                                        total = progress.total;
                                      },
                                      {});
    QCOMPARE(joined(report), std::string());
    QCOMPARE(report.files.size(), std::size_t(sharded ? 4 : 2));
    QCOMPARE(done, total);
    for (const auto& file : report.files) {
      QCOMPARE(file.sha256, sha256OfFile(made.folder() / file.name));
    }
  }

  void olderNamesAndPrefixesAreSound() {
    MadeUpWeights made(m_folder, "older", tests::bertConfig(30));
    made.drop("embeddings.LayerNorm.weight");
    made.drop("embeddings.LayerNorm.bias");
    made.set("bert.embeddings.LayerNorm.gamma", {8});
    made.set("bert.embeddings.LayerNorm.beta", {8});
    made.set("cls.predictions.bias", {30});
    made.set("bert.pooler.dense.weight", {8, 8});
    made.write();
    QCOMPARE(joined(verify(made)), std::string());
  }

  void numbersThatAreNoneAreCounted() {
    MadeUpWeights made(m_folder, "nan", tests::esm2Config());
    auto& numbers = made.numbers("encoder.layer.1.output.dense.weight");
    numbers[3] = std::numeric_limits<float>::quiet_NaN();
    numbers[100] = -std::numeric_limits<float>::infinity();
    numbers[5] = std::numeric_limits<float>::max();
    made.write();
    const auto report = verify(made);
    QCOMPARE(report.notFinite, 2);
    QVERIFY2(joined(report).find("output.dense.weight\": 2 of") != std::string::npos,
             joined(report).c_str());
  }

  void halfPrecisionIsReadAsItIs_data() {
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("infinity");
    QTest::addColumn<int>("largest");
    QTest::newRow("bf16") << int(formats::TensorType::BF16) << 0xFF80 << 0x7F7F;
    QTest::newRow("fp16") << int(formats::TensorType::F16) << 0x7C01 << 0x7BFF;
  }
  void halfPrecisionIsReadAsItIs() {
    QFETCH(int, type);
    QFETCH(int, infinity);
    QFETCH(int, largest);
    MadeUpWeights made(m_folder, QTest::currentDataTag(), tests::esm2Config());
    const std::vector<std::uint16_t> bits = {0x3F80, static_cast<std::uint16_t>(infinity),
                                             static_cast<std::uint16_t>(largest)};
    formats::writeSafetensors(
        made.folder() / "model.safetensors",
        {{"x", {static_cast<formats::TensorType>(type), {3}, std::as_bytes(std::span(bits))}}});
    QCOMPARE(verify(made).notFinite, 1);
  }

  void missingAndMisshapenTensorsAreNamed() {
    MadeUpWeights made(m_folder, "shapes", tests::esm2Config());
    made.drop("encoder.layer.0.LayerNorm.bias");
    made.set("encoder.layer.0.LayerNrom.bias", {8});
    made.set("embeddings.word_embeddings.weight", {32, 8});
    made.set("encoder.layer.2.LayerNorm.bias", {8});
    made.write();
    const auto text = joined(verify(made));
    for (const char* part :
         {"\"embeddings.word_embeddings.weight\" is [32, 8], config.json asks for [33, 8]",
          "no tensor \"encoder.layer.0.LayerNorm.bias\"; did you mean",
          "\"encoder.layer.2.LayerNorm.bias\" belongs to no ESM-2"}) {
      QVERIFY2(text.find(part) != std::string::npos, text.c_str());
    }
  }

  void theIndexIsComparedWithTheFiles() {
    MadeUpWeights made(m_folder, "index", tests::esm2Config());
    made.writeSharded();
    const auto path = made.folder() / "model.safetensors.index.json";
    auto index = tests::Json::parse(std::ifstream(path));
    auto& places = index["weight_map"];
    const auto first = places.begin();
    const std::string moved = first.key();
    *first = *first == "model-00001-of-00002.safetensors" ? "model-00002-of-00002.safetensors"
                                                          : "model-00001-of-00002.safetensors";
    places.erase(places.find("encoder.layer.1.LayerNorm.bias"));
    made.writeText("model.safetensors.index.json", index.dump());
    const auto text = joined(verify(made));
    QVERIFY2(text.find("\"" + moved + "\": the index says") != std::string::npos, text.c_str());
    QVERIFY2(text.find("LayerNorm.bias\" of") != std::string::npos, text.c_str());
  }

  void manyProblemsAreCounted() {
    auto config = tests::esm2Config();
    config["num_hidden_layers"] = 50;
    MadeUpWeights made(m_folder, "many", config);
    formats::writeSafetensors(made.folder() / "model.safetensors", {});
    const auto report = verify(made);
    QCOMPARE(report.problems.size(), std::size_t{100});
    QVERIFY(report.moreProblems > 500);
  }

  void anArchiveIsReadToItsEnd() {
    const auto report = verifyWeights(tests::fixture("unirep/one-layer"), {}, {});
    QCOMPARE(report.files.size(), std::size_t{1});
    QCOMPARE(report.tensors, std::int64_t{12});
    QVERIFY(report.isSound());
  }

  void brokenFilesAndStopsEndIt() {
    MadeUpWeights made(m_folder, "stopped", tests::esm2Config());
    made.write();
    std::stop_source source;
    source.request_stop();
    QVERIFY_EXCEPTION_THROWN((void)verifyWeights(made.folder(), {}, source.get_token()),
                             StopRequested);
    std::filesystem::resize_file(made.folder() / "model.safetensors", 1000);
    EXPECT_ERROR(verify(made), ErrorKind::BadInput, "model.safetensors");
  }
};

QTEST_GUILESS_MAIN(TestVerifyWeights)
#include "tst_verify_weights.moc"
