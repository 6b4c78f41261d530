#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <functional>

#include "backbone_support.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/bounded_json.h"
#include "core/formats/safetensors.h"
#include "core/tokenizers/residue_vocabulary.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
namespace fs = std::filesystem;

namespace {

const fs::path kFolder = TWOFOLD_FIXTURES "/esm2_tiny";
using Tensors = std::map<std::string, formats::TensorView>;

const std::vector<std::string> kSequences = {"MKTAYIAKQR", "GSHM"};

/// The message of the error, prefixed by its kind; empty when there is none.
std::string failure(const fs::path& folder) {
  try {
    static_cast<void>(models::esm2With({{"weights", folder.string()}}));
  } catch (const Error& error) {
    return std::string(name(error.kind())) + ": " + error.what();
  }
  return {};
}

bool holds(const std::string& message, std::string_view part) {
  return message.find(part) != std::string::npos;
}

}  // namespace

#define VERIFY_FAILURE(folder, kind, part)                      \
  do {                                                          \
    const std::string message = failure(folder);                \
    QVERIFY2(message.starts_with(kind) && holds(message, part), \
             message.empty() ? "no error" : message.c_str());   \
  } while (false)

class TestEsm2Weights : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    m_temporary = std::make_unique<QTemporaryDir>();
    m_folder = m_temporary->path().toStdString();
    fs::copy_file(kFolder / "config.json", m_folder / "config.json");
  }

  void namesMayHaveTheHeadsPrefixAndLeftovers() {
    const formats::SafetensorsFile file(kFolder / "model.safetensors");
    Tensors renamed;
    for (const auto& [name, view] : file.tensors()) {
      const std::string frequencies = "encoder.layer.*.attention.self.rotary_embeddings.inv_freq";
      if (name == frequencies) {
        for (const char* layer : {"0", "1", "2"}) {
          renamed["esm.encoder.layer." + std::string(layer) +
                  ".attention.self.rotary_embeddings.inv_freq"] = view;
        }
      } else {
        renamed["esm." + name] = view;
      }
    }
    renamed["lm_head.bias"] = file.tensor("encoder.emb_layer_norm_after.bias");
    renamed["esm.embeddings.position_embeddings.weight"] =
        file.tensor("embeddings.word_embeddings.weight");
    formats::writeSafetensors(m_folder / "model.safetensors", renamed);
    QCOMPARE(embedded(m_folder), embedded(kFolder));
  }

  void shardsAreReadByTheirIndex() {
    const formats::SafetensorsFile file(kFolder / "model.safetensors");
    std::array<Tensors, 2> shards;
    formats::Json map;
    std::size_t next = 0;
    for (const auto& [name, view] : file.tensors()) {
      shards[next % 2][name] = view;
      map[name] = next % 2 == 0 ? "a.safetensors" : "b.safetensors";
      ++next;
    }
    formats::writeSafetensors(m_folder / "a.safetensors", shards[0]);
    formats::writeSafetensors(m_folder / "b.safetensors", shards[1]);
    write("model.safetensors.index.json", formats::Json{{"weight_map", map}}.dump());
    QCOMPARE(embedded(m_folder), embedded(kFolder));

    fs::remove(m_folder / "b.safetensors");
    VERIFY_FAILURE(m_folder, "not-found", "b.safetensors");
    map["x"] = "../b.safetensors";
    write("model.safetensors.index.json", formats::Json{{"weight_map", map}}.dump());
    VERIFY_FAILURE(m_folder, "bad-input", "in no file of this folder");
    write("model.safetensors.index.json", "{}");
    VERIFY_FAILURE(m_folder, "bad-input", "weight_map");
  }

  void aMissingFolderIsNamed() { VERIFY_FAILURE(m_folder / "nowhere", "not-found", "nowhere"); }

  void aFileInPlaceOfAFolderIsRefused() {
    VERIFY_FAILURE(m_folder / "config.json", "bad-input", "choose the one with config.json");
  }

  void aFolderWithoutWeightsIsRefused() {
    VERIFY_FAILURE(m_folder, "bad-input", "there is no model.safetensors");
  }

  void pickledWeightsAreRefusedWithTheConversion() {
    write("pytorch_model.bin", "anything");
    VERIFY_FAILURE(m_folder, "bad-input", "save_pretrained");
    VERIFY_FAILURE(m_folder / "pytorch_model.bin", "bad-input", "save_pretrained");
  }

  void aMissingConfigIsNamed() {
    copyWeights({});
    fs::remove(m_folder / "config.json");
    VERIFY_FAILURE(m_folder, "not-found", "config.json");
  }

  void brokenWeightsAreNamed() {
    write("model.safetensors", "no tensors at all");
    VERIFY_FAILURE(m_folder, "bad-input", "model.safetensors");
    write("model.safetensors", "");
    VERIFY_FAILURE(m_folder, "bad-input", "model.safetensors");
  }

  void aMissingTensorIsNamed() {
    copyWeights([](Tensors& tensors) { tensors.erase("encoder.layer.1.output.dense.bias"); });
    VERIFY_FAILURE(m_folder, "bad-input",
                   "no tensor \"encoder.layer.1.output.dense.bias\"; did you mean");
  }

  void wholeNumbersAreNoWeights() {
    const std::vector<std::int8_t> numbers(32, 1);
    copyWeights([&](Tensors& tensors) {
      tensors["encoder.layer.1.output.dense.bias"] = {
          formats::TensorType::I8, {32}, std::as_bytes(std::span(numbers))};
    });
    VERIFY_FAILURE(m_folder, "bad-input", "holds whole numbers");
  }

  /// Names and shapes are looked at before any number is: weights that nobody could read here.
  void theNetworkIsCheckedBeforeTheWeightsAreRead() {
    copyWeights([](Tensors& tensors) { tensors.erase("encoder.layer.1.output.dense.bias"); });
    std::int64_t read = 0;
    const models::LoadWatch watch{[&](const Progress&) { ++read; }, {}};
    EXPECT_ERROR(
        static_cast<void>(models::esm2With({{"weights", m_folder.string()}}, "cpu", watch)),
        ErrorKind::BadInput, "encoder.layer.1.output.dense.bias");
    QCOMPARE(read, std::int64_t{0});
    copyWeights({});
    static_cast<void>(models::esm2With({{"weights", m_folder.string()}}, "cpu", watch));
    QVERIFY(read > 0);
  }

  void aStopEndsTheLoading() {
    copyWeights({});
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(models::esm2With({{"weights", m_folder.string()}},
                                                                "cpu", {{}, stop.get_token()})),
                             StopRequested);
  }

  void aVocabularyOfAnotherOrderIsRefused() {
    copyWeights({});
    std::string text;
    for (const auto token : tokenizers::esm2Tokens()) {
      text = text.empty() ? std::string(token) : text + "\n" + std::string(token);
    }
    write("vocab.txt", text);
    QVERIFY2(failure(m_folder).empty(), failure(m_folder).c_str());
    const auto place = text.find("L\nA");
    text.replace(place, 3, "A\nL");
    write("vocab.txt", text);
    VERIFY_FAILURE(m_folder, "bad-input", "vocab.txt");
  }

  void aTensorOfNoLayerIsNamed() {
    copyWeights([](Tensors& tensors) {
      tensors["encoder.layer.9.output.dense.bias"] = tensors["encoder.layer.1.output.dense.bias"];
    });
    VERIFY_FAILURE(m_folder, "bad-input", "encoder.layer.9.output.dense.bias");
  }

  void aTensorOfAnotherShapeIsNamed() {
    copyWeights([](Tensors& tensors) {
      tensors["encoder.layer.1.output.dense.bias"] =
          tensors["encoder.layer.1.intermediate.dense.bias"];
    });
    VERIFY_FAILURE(m_folder, "bad-input", "[128]");
  }

  void configsOfOtherNetworksAreRefused_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::newRow("another network") << "model_type"
                                     << "\"bert\"";
    QTest::newRow("absolute positions") << "position_embedding_type"
                                        << "\"absolute\"";
    QTest::newRow("ESM-1b") << "emb_layer_norm_before"
                            << "true";
    QTest::newRow("ESMFold") << "is_folding_model"
                             << "true";
    QTest::newRow("vocabulary") << "vocab_size"
                                << "34";
    QTest::newRow("no layers") << "num_hidden_layers"
                               << "0";
    QTest::newRow("too many layers") << "num_hidden_layers"
                                     << "1000000";
    QTest::newRow("heads") << "num_attention_heads"
                           << "5";
    QTest::newRow("odd heads") << "num_attention_heads"
                               << "32";
    QTest::newRow("width as text") << "hidden_size"
                                   << "\"32\"";
    QTest::newRow("epsilon") << "layer_norm_eps"
                             << "-1";
    QTest::newRow("token dropout") << "token_dropout"
                                   << "1";
  }

  void configsOfOtherNetworksAreRefused() {
    QFETCH(QString, key);
    QFETCH(QString, value);
    copyWeights({});
    auto json = formats::readJsonFile(kFolder / "config.json");
    json[key.toStdString()] = formats::Json::parse(value.toStdString());
    write("config.json", json.dump());
    VERIFY_FAILURE(m_folder, "bad-input", "config.json");
  }

  void theHashFollowsTheWeights() {
    copyWeights({});
    const auto identity = [&] {
      return models::esm2With({{"weights", m_folder.string()}})->identity();
    };
    const std::string before = identity();
    copyWeights([](Tensors& tensors) {
      std::swap(tensors["encoder.layer.1.output.dense.bias"],
                tensors["encoder.layer.0.output.dense.bias"]);
    });
    QVERIFY(identity() != before);
  }

 private:
  static std::vector<float> embedded(const fs::path& folder) {
    const auto backbone = models::esm2With({{"weights", folder.string()}});
    return models::embeddingsOf(*backbone, kSequences)[0].values;
  }

  void write(const std::string& name, std::string_view text) {
    writeFileAtomically(m_folder / name, text);
  }

  void copyWeights(const std::function<void(Tensors&)>& change) {
    const formats::SafetensorsFile file(kFolder / "model.safetensors");
    Tensors tensors = file.tensors();
    if (change) {
      change(tensors);
    }
    formats::writeSafetensors(m_folder / "model.safetensors", tensors);
  }

  std::unique_ptr<QTemporaryDir> m_temporary;
  fs::path m_folder;
};

QTEST_GUILESS_MAIN(TestEsm2Weights)
#include "tst_esm2_weights.moc"
