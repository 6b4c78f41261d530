// Every layer of every architecture against Hugging Face, over many shapes:
// tests/reference/make_parity_goldens.py made the numbers.
#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "core/base/files.h"
#include "core/formats/safetensors.h"
#include "models/backbones/bert_network.h"
#include "models/backbones/esm2_network.h"
#include "models/backbones/llama_network.h"
#include "models/backbones/weight_source.h"
#include "models/learning/tensors.h"

using namespace twofold;
namespace fs = std::filesystem;

namespace {

using Tensors = std::map<std::string, formats::TensorView>;

const models::Arithmetic kFloat32 = {at::TensorOptions().dtype(at::kFloat)};

/// The golden's tensors whose names start with `prefix`, which is taken off.
Tensors below(const formats::SafetensorsFile& golden, const std::string& prefix) {
  Tensors tensors;
  for (const auto& [name, view] : golden.tensors()) {
    if (name.starts_with(prefix)) {
      tensors.emplace(name.substr(prefix.size()), view);
    }
  }
  return tensors;
}

template <class Network, class ReadConfig>
std::unique_ptr<models::TokenNetwork> load(const fs::path& folder, const char* backbone,
                                           ReadConfig readConfig) {
  models::FolderWeights weights(folder, backbone);
  weights.requireNetwork();
  return std::make_unique<Network>(readConfig(folder / "config.json"), weights, kFloat32);
}

std::unique_ptr<models::TokenNetwork> loadNetwork(const std::string& architecture,
                                                  const fs::path& folder) {
  if (architecture == "esm2") {
    return load<models::Esm2Network>(folder, "esm2", models::readEsm2Config);
  }
  if (architecture == "bert" || architecture == "protbert") {
    return load<models::BertNetwork>(folder, "bert", models::readBertConfig);
  }
  return load<models::LlamaNetwork>(folder, "llama3", models::readLlamaConfig);
}

/// The golden's sequences, longest first as the batches of a backbone have them.
struct Sequences {
  std::vector<std::string> numbers;
  models::TokenBatch batch;
};

Sequences sequencesOf(const Tensors& ids) {
  std::vector<std::pair<std::string, at::Tensor>> all;
  for (const auto& [number, view] : ids) {
    all.emplace_back(number, models::toTensor(view));
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.second.numel() > b.second.numel();
  });
  Sequences sequences;
  for (const auto& [number, tokens] : all) {
    sequences.numbers.push_back(number);
    sequences.batch.lengths.push_back(tokens.numel());
    const auto* begin = tokens.const_data_ptr<std::int64_t>();
    sequences.batch.ids.insert(sequences.batch.ids.end(), begin, begin + tokens.numel());
  }
  return sequences;
}

}  // namespace

class TestParity : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyLayerEqualsHuggingFace_data() {
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<int>("number");
    for (const char* architecture : {"esm2", "protbert", "bert", "llama3"}) {
      for (int number = 0; number < 22; ++number) {
        QTest::addRow("%s %d", architecture, number) << architecture << number;
      }
    }
  }

  void everyLayerEqualsHuggingFace() {
    QFETCH(QString, architecture);
    QFETCH(int, number);
    const std::string name = architecture.toStdString();
    const formats::SafetensorsFile golden(TWOFOLD_FIXTURES "/parity/" + name + ".safetensors");
    const std::string prefix = (number < 10 ? "0" : "") + std::to_string(number) + "/";
    const QTemporaryDir temporary;
    const fs::path folder = temporary.path().toStdString();
    writeFileAtomically(folder / "config.json", golden.metadata().at(prefix + "config"));
    formats::writeSafetensors(folder / "model.safetensors", below(golden, prefix + "weights/"));
    const auto network = loadNetwork(name, folder);
    const Tensors expected = below(golden, prefix + "hidden/");
    const Sequences sequences = sequencesOf(below(golden, prefix + "ids/"));

    std::size_t compared = 0;
    const auto compare = [&](std::int64_t layer, const at::Tensor& hidden) {
      std::int64_t row = 0;
      for (std::size_t i = 0; i < sequences.numbers.size(); ++i) {
        const std::int64_t length = sequences.batch.lengths[i];
        const auto& view = expected.at(sequences.numbers[i] + "/" + std::to_string(layer));
        const double worst =
            (hidden.narrow(0, row, length) - models::toTensor(view)).abs().max().item<double>();
        QVERIFY2(worst <= 1e-5,
                 qPrintable(QString("layer %1, length %2: %3").arg(layer).arg(length).arg(worst)));
        row += length;
        ++compared;
        m_worst[name].layers += 1;
        m_worst[name].difference = std::max(m_worst[name].difference, worst);
      }
    };
    static_cast<void>(network->forward(sequences.batch, {}, compare));
    QCOMPARE(compared, expected.size());
    ++m_worst[name].configurations;
  }

  /// The table that tests/bench/backbones.sh prints.
  void cleanupTestCase() {
    for (const auto& [architecture, worst] : m_worst) {
      std::printf("parity  %-8s %3d configurations, %5d hidden states, greatest difference %.1e\n",
                  architecture.c_str(), worst.configurations, worst.layers, worst.difference);
    }
  }

 private:
  struct Worst {
    int configurations = 0;
    int layers = 0;
    double difference = 0;
  };
  std::map<std::string, Worst> m_worst;
};

QTEST_GUILESS_MAIN(TestParity)
#include "tst_parity.moc"
