#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/formats/safetensors.h"
#include "models/learning/session.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;

namespace {

std::optional<ErrorKind> failure(const models::EmbedRequest& request) {
  try {
    static_cast<void>(models::embed(request, {}, {}));
  } catch (const Error& error) {
    return error.kind();
  }
  return std::nullopt;
}

}  // namespace

class TestEmbed : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_request = {};
    m_request.backbone = {"composition", {}};
    m_request.ids = {"P1", "P2"};
    m_request.sequences = {"MKTA", "GG"};
    m_request.cacheFolder = path() / "cache";
    m_request.outFile = path() / "out.safetensors";
    m_request.device = "cpu";
    m_request.threads = 1;
  }

  void writesOneTensorAnId() {
    const auto result = models::embed(m_request, {}, {});
    QCOMPARE(result.proteins, 2);
    QCOMPARE(result.residues, 6);
    QCOMPARE(result.width, 21);
    QCOMPARE(result.fromCache, 0);
    const formats::SafetensorsFile file(m_request.outFile);
    QCOMPARE(file.tensors().size(), 2U);
    QCOMPARE(file.tensor("P1").shape, (std::vector<std::int64_t>{21}));
    QCOMPARE(file.metadata().at("identity"), "composition-1");
    QCOMPARE(file.metadata().at("kind"), "pooled");
  }

  void theSecondTimeTheCacheAnswers() {
    static_cast<void>(models::embed(m_request, {}, {}));
    QCOMPARE(models::embed(m_request, {}, {}).fromCache, 2);
  }

  void residuesKeepTheirRows() {
    m_request.perResidue = true;
    static_cast<void>(models::embed(m_request, {}, {}));
    const formats::SafetensorsFile file(m_request.outFile);
    QCOMPARE(file.tensor("P1").shape, (std::vector<std::int64_t>{4, 21}));
    QCOMPARE(file.tensor("P2").shape, (std::vector<std::int64_t>{2, 21}));
  }

  void residuesAreKeptInTheCache() {
    m_request.perResidue = true;
    m_request.outFile.clear();
    std::vector<std::string> messages;
    const auto embedded = [&] {
      return models::embed(m_request, {}, {},
                           [&](const std::string& text) { messages.push_back(text); });
    };
    QCOMPARE(embedded().fromCache, 0);
    QCOMPARE(embedded().fromCache, 2);
    QVERIFY(messages.at(0).find("GiB") != std::string::npos);
  }

  void croppedProteinsAreCounted() {
    m_request.backbone = {
        "esm2", {{"weights", TWOFOLD_FIXTURES "/esm2_tiny"}, {"limit", std::int64_t{16}}}};
    m_request.sequences[1] = std::string(17, 'M');
    std::vector<std::string> messages;
    const auto result = models::embed(m_request, {}, {},
                                      [&](const std::string& text) { messages.push_back(text); });
    QCOMPARE(result.longer, 1);
    QCOMPARE(result.longRule, "crop");
    QCOMPARE(messages, (std::vector<std::string>{"1 of 2 proteins is longer than 16 residues: "
                                                 "only the first 16 residues count."}));
  }

  void aProteinThatIsTooLongIsNamed() {
    m_request.backbone = {"esm2",
                          {{"weights", TWOFOLD_FIXTURES "/esm2_tiny"},
                           {"limit", std::int64_t{16}},
                           {"long", "refuse"}}};
    static_cast<void>(models::embed(m_request, {}, {}));
    m_request.sequences[1] = std::string(17, 'M');
    std::vector<std::string> messages;
    EXPECT_ERROR(models::embed(m_request, {}, {},
                               [&](const std::string& text) { messages.push_back(text); }),
                 ErrorKind::BadInput, "protein P2 has 17 residues");
    QVERIFY(messages.empty());
  }

  void fineTuningBelongsToARun() {
    m_request.backbone = {
        "esm2", {{"weights", TWOFOLD_FIXTURES "/esm2_tiny"}, {"lora_rank", std::int64_t{8}}}};
    EXPECT_ERROR(models::embed(m_request, {}, {}), ErrorKind::Usage, "option adapters");
  }

  void theCacheAloneIsEnough() {
    m_request.outFile.clear();
    QCOMPARE(models::embed(m_request, {}, {}).proteins, 2);
    m_request.cacheFolder.clear();
    QCOMPARE(failure(m_request), ErrorKind::Usage);
  }

  void aCheckComparesWithFloat() {
    m_request.backbone = {"esm2",
                          {{"weights", TWOFOLD_FIXTURES "/esm2_tiny"}, {"precision", "int8"}}};
    m_request.check = true;
    for (int turn = 0; turn < 2; ++turn) {
      const auto result = models::embed(m_request, {}, {});
      QCOMPARE(result.fromCache, 2 * turn);
      QVERIFY(result.drift.has_value());
      QCOMPARE(result.drift->proteins, 2U);
      QVERIFY(result.drift->worstCosine >= models::kLeastDriftCosine);
      QVERIFY(result.drift->worstCosine < 1);
    }
    m_request.check = false;
    QVERIFY(!models::embed(m_request, {}, {}).drift);
    m_request.backbone = {"composition", {}};
    m_request.check = true;
    QCOMPARE(failure(m_request), ErrorKind::Usage);
  }

  void mistakesAreNamed() {
    auto twice = m_request;
    twice.ids[1] = "P1";
    QCOMPARE(failure(twice), ErrorKind::BadInput);
    auto unknown = m_request;
    unknown.backbone.id = "compositon";
    QCOMPARE(failure(unknown), ErrorKind::Usage);
    auto empty = m_request;
    empty.sequences[1].clear();
    QCOMPARE(failure(empty), ErrorKind::BadInput);
    auto option = m_request;
    option.backbone.options["layers"] = std::int64_t{3};
    QCOMPARE(failure(option), ErrorKind::Usage);
    auto weights = m_request;
    weights.backbone = {"esm2", {{"weights", (path() / "nowhere").string()}}};
    QCOMPARE(failure(weights), ErrorKind::NotFound);
  }

  void aStopIsNoError() {
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(models::embed(m_request, {}, stop.get_token())),
                             StopRequested);
    QVERIFY(!std::filesystem::exists(m_request.outFile));
  }

 private:
  std::filesystem::path path() const { return m_folder->path().toStdString(); }

  std::unique_ptr<QTemporaryDir> m_folder;
  models::EmbedRequest m_request;
};

QTEST_GUILESS_MAIN(TestEmbed)
#include "tst_embed.moc"
