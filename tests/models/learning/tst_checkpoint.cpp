#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "models/learning/checkpoint.h"

using namespace twofold;
namespace fs = std::filesystem;

class TestCheckpoint : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    m_temporary = std::make_unique<QTemporaryDir>();
    m_path = m_temporary->path().toStdString();
  }

  void newestIsWhatWasSaved() {
    const models::CheckpointFolder folder(m_path);
    save(folder, 3, 2);
    const auto checkpoint = folder.newest();
    QVERIFY(checkpoint);
    QCOMPARE(checkpoint->info.position.epoch, 3);
    QCOMPARE(checkpoint->info.position.bestEpoch, 2);
    QCOMPARE(checkpoint->info.position.threshold, 0.25);
    QCOMPARE(checkpoint->info.position.bestAuprc, 0.1);
    QCOMPARE(checkpoint->info.spec.seed, 11ULL);
    QCOMPARE(checkpoint->info.backbone, std::string("composition-1"));
    QCOMPARE(checkpoint->info.channels, (std::vector<models::ChannelShape>{{"sequence", 1, 21}}));
    QCOMPARE(checkpoint->tensors.tensor("model.weight").shape, (std::vector<std::int64_t>{2}));
  }

  void lastTwoAndTheBestAreKept() {
    const models::CheckpointFolder folder(m_path);
    for (int epoch = 1; epoch <= 6; ++epoch) {
      save(folder, epoch, std::min(epoch, 2));
    }
    QCOMPARE(files(),
             (QStringList{"epoch-0002.json", "epoch-0002.safetensors", "epoch-0005.json",
                          "epoch-0005.safetensors", "epoch-0006.json", "epoch-0006.safetensors"}));
    QCOMPARE(folder.best().info.position.epoch, 2);
  }

  void damagedTensorsAreNamedAndPassedOver_data() {
    QTest::addColumn<QString>("harm");
    for (const char* harm : {"flip", "truncate", "remove", "manifest", "empty-manifest"}) {
      QTest::newRow(harm) << harm;
    }
  }
  void damagedTensorsAreNamedAndPassedOver() {
    QFETCH(QString, harm);
    const models::CheckpointFolder folder(m_path);
    save(folder, 1, 1);
    save(folder, 2, 2);
    damage(harm);
    std::vector<std::string> messages;
    const auto checkpoint =
        folder.newest([&](const std::string& message) { messages.push_back(message); });
    QVERIFY(checkpoint);
    QCOMPARE(checkpoint->info.position.epoch, 1);
    QCOMPARE(messages.size(), std::size_t{1});
    QVERIFY2(messages[0].find("epoch 2") != std::string::npos, messages[0].c_str());
    QVERIFY2(messages[0].find("epoch-0002.") != std::string::npos, messages[0].c_str());
  }

  void fileWithoutManifestDoesNotExist() {
    const models::CheckpointFolder folder(m_path);
    save(folder, 1, 1);
    fs::remove(m_path / "epoch-0001.json");
    QVERIFY(!folder.newest());
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(folder.best()), Error);
  }

  void newerVersionIsRefusedInWordsThatHelp() {
    const models::CheckpointFolder folder(m_path);
    save(folder, 1, 1);
    writeFileAtomically(m_path / "epoch-0001.json", withVersion(5));
    try {
      static_cast<void>(folder.newest());
      QFAIL("a newer version was read");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::BadInput);
      QVERIFY2(QString(error.what()).contains("Update Twofold"), error.what());
    }
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(folder.best()), Error);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(folder.load(1)), Error);
  }

  void stepsWithinAnEpochAreCheckpointsToo() {
    const models::CheckpointFolder folder(m_path);
    save(folder, 0, 0, 7);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(folder.best()), Error);  // no epoch was completed
    save(folder, 1, 1);
    save(folder, 1, 1, 20);
    save(folder, 1, 1, 140);
    const auto checkpoint = folder.newest();
    QCOMPARE(checkpoint->info.position.epoch, 1);
    QCOMPARE(checkpoint->info.position.step, 140);
    QCOMPARE(checkpoint->info.position.lossSum, 0.1 * 140);
    QCOMPARE(files(),
             (QStringList{"epoch-0001-step-000020.json", "epoch-0001-step-000020.safetensors",
                          "epoch-0001-step-000140.json", "epoch-0001-step-000140.safetensors",
                          "epoch-0001.json", "epoch-0001.safetensors"}));
    QCOMPARE(folder.best().info.position.step, 0);
    save(folder, 2, 1);
    QCOMPARE(folder.newest()->info.position.epoch, 2);
  }

  void whatWasPassedOverGoesWhenItsPlaceIsWrittenAnew() {
    const models::CheckpointFolder folder(m_path);
    save(folder, 1, 1);
    save(folder, 1, 1, 50);
    save(folder, 1, 1, 90);
    fs::resize_file(m_path / "epoch-0001-step-000090.safetensors", 10);
    std::string message;
    QCOMPARE(folder.newest([&](const std::string& text) { message = text; })->info.position.step,
             50);
    QVERIFY2(message.find("epoch 2, step 90 was passed over") != std::string::npos,
             message.c_str());
    save(folder, 1, 1, 70);
    QCOMPARE(folder.newest()->info.position.step, 70);
    QVERIFY(!fs::exists(m_path / "epoch-0001-step-000090.json"));
  }

  void versionThreeKnewNoSteps() {
    const models::CheckpointFolder folder(m_path);
    save(folder, 1, 1);
    auto json = formats::readJsonFile(m_path / "epoch-0001.json");
    json["version"] = 3;
    withoutSteps(json);
    writeFileAtomically(m_path / "epoch-0001.json", json.dump());
    QCOMPARE(folder.load(1).info.position.step, 0);
  }

  void versionTwoKnewNoScale() {
    const models::CheckpointFolder folder(m_path);
    save(folder, 1, 1);
    QCOMPARE(folder.load(1).info.position.scale, (metrics::LogitScale{0.5, -0.125}));
    auto json = formats::readJsonFile(m_path / "epoch-0001.json");
    json["version"] = 2;
    withoutScale(json);
    writeFileAtomically(m_path / "epoch-0001.json", json.dump());
    QCOMPARE(folder.load(1).info.position.scale, metrics::LogitScale());
  }

  void versionOneKnewNothingOfPairs() {
    const models::CheckpointFolder folder(m_path);
    save(folder, 1, 1);
    auto json = formats::readJsonFile(m_path / "epoch-0001.json");
    json["version"] = 1;
    withoutScale(json);
    json["channels"][0].erase("pair_features");
    writeFileAtomically(m_path / "epoch-0001.json", json.dump());
    QCOMPARE(folder.load(1).info.channels.front().pairFeatures, std::int64_t{0});
  }

  void channelsThatTheRecipeLacksAreDamage() {
    const models::CheckpointFolder folder(m_path);
    save(folder, 1, 1);
    auto json = formats::readJsonFile(m_path / "epoch-0001.json");
    json["channels"][0]["features"] = -3;
    writeFileAtomically(m_path / "epoch-0001.json", json.dump());
    QVERIFY(!folder.newest());
  }

  void clearRemovesCheckpointsOnly() {
    const models::CheckpointFolder folder(m_path);
    save(folder, 1, 1);
    writeFileAtomically(m_path / "notes.txt", "mine");
    folder.clear();
    QCOMPARE(files(), QStringList{"notes.txt"});
  }

 private:
  static void withoutSteps(formats::Json& json) {
    json.erase("step");
    json.erase("loss_sum");
  }

  static void withoutScale(formats::Json& json) {
    withoutSteps(json);
    json.erase("logit_slope");
    json.erase("logit_offset");
  }

  static void save(const models::CheckpointFolder& folder, int epoch, int best, int step = 0) {
    models::CheckpointInfo info;
    info.spec.seed = 11;
    info.backbone = "composition-1";
    info.channels = {{"sequence", 1, 21}};
    info.position = {epoch, best, 0.1, 0.25, {0.5, -0.125}, step, 0.1 * step};
    const std::array<float, 2> weights = {1, 2};
    folder.save(info, {{"model.weight",
                        {formats::TensorType::F32, {2}, std::as_bytes(std::span(weights))}}});
  }

  std::string withVersion(int version) const {
    auto json = formats::readJsonFile(m_path / "epoch-0001.json");
    json["version"] = version;
    json["something_new"] = true;
    return json.dump();
  }

  void damage(const QString& harm) const {
    const fs::path tensors = m_path / "epoch-0002.safetensors";
    const fs::path manifest = m_path / "epoch-0002.json";
    if (harm == "flip") {
      std::string bytes = readFile(tensors, 1 << 20);
      bytes.back() = static_cast<char>(bytes.back() ^ 1);
      std::ofstream(tensors, std::ios::binary) << bytes;
    } else if (harm == "truncate") {
      fs::resize_file(tensors, fs::file_size(tensors) / 2);
    } else if (harm == "remove") {
      fs::remove(tensors);
    } else if (harm == "manifest") {
      fs::resize_file(manifest, fs::file_size(manifest) / 2);
    } else {
      fs::resize_file(manifest, 0);
    }
  }

  QStringList files() const {
    return QDir(QString::fromStdString(m_path.string())).entryList(QDir::Files, QDir::Name);
  }

  std::unique_ptr<QTemporaryDir> m_temporary;
  fs::path m_path;
};

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
