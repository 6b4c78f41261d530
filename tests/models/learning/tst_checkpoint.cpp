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
    writeFileAtomically(m_path / "epoch-0001.json", withVersion(4));
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
  static void withoutScale(formats::Json& json) {
    json.erase("logit_slope");
    json.erase("logit_offset");
  }

  static void save(const models::CheckpointFolder& folder, int epoch, int best) {
    models::CheckpointInfo info;
    info.spec.seed = 11;
    info.backbone = "composition-1";
    info.channels = {{"sequence", 1, 21}};
    info.position = {epoch, best, 0.1, 0.25, {0.5, -0.125}};
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
