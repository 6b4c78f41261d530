#include "models/backbones/esm2.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <map>
#include <utility>

#include "core/base/hash.h"
#include "models/backbones/embed_checks.h"
#include "models/backbones/esm2_network.h"
#include "models/backbones/length_batches.h"
#include "models/backbones/window_average.h"
#include "models/layers/pooling.h"
#include "models/learning/device.h"

namespace twofold::models {

namespace {

/// Tokens of one batch: the CPU is busy with 4,096; a GPU needs more to hide its launches.
constexpr std::int64_t kCpuTokens = 4096;
constexpr std::int64_t kGpuTokens = 32768;

struct Esm2Setup {
  Esm2Config config;
  LongRule rule;
  at::TensorOptions options;
  std::string identity;
};

std::vector<float> toVector(const at::Tensor& tensor) {
  const at::Tensor values = tensor.to(at::kCPU, at::kFloat).contiguous();
  const float* begin = values.const_data_ptr<float>();
  return {begin, begin + values.numel()};
}

class Esm2 final : public Backbone {
 public:
  Esm2(Esm2Setup setup, WeightSource& weights)
      : m_setup(std::move(setup)), m_network(m_setup.config, weights, m_setup.options) {}

  [[nodiscard]] std::int64_t width() const override { return m_setup.config.width; }
  [[nodiscard]] std::string identity() const override { return m_setup.identity; }
  void embed(const EmbedWork& work) override {
    translated([&] { embedBatches(work); });
  }

 private:
  void embedBatches(const EmbedWork& work);
  void deliver(const std::vector<Piece>& batch, const at::Tensor& hidden, const EmbedWork& work);

  Esm2Setup m_setup;
  Esm2Network m_network;
  std::map<std::size_t, WindowAverage> m_open;  // sequences with windows still to come
};

void Esm2::embedBatches(const EmbedWork& work) {
  const c10::NoGradGuard noGradients;
  const std::int64_t total = checkedResidues(work.sequences);
  const auto all = pieces(work.sequences, m_setup.rule);
  m_open.clear();
  std::map<std::size_t, std::int64_t> windows;
  for (const Piece& piece : all) {
    ++windows[piece.sequence];
  }
  for (const auto& [sequence, count] : windows) {
    if (count > 1) {
      const auto residues = static_cast<std::int64_t>(work.sequences[sequence].size());
      m_open.emplace(sequence, WindowAverage(residues, width(), count));
    }
  }
  std::int64_t done = 0;
  const bool onCpu = m_setup.options.device().is_cpu();
  for (const auto& batch : lengthBatches(all, onCpu ? kCpuTokens : kGpuTokens)) {
    std::vector<std::string_view> texts;
    for (const Piece& piece : batch) {
      texts.push_back(std::string_view(work.sequences[piece.sequence])
                          .substr(static_cast<std::size_t>(piece.begin),
                                  static_cast<std::size_t>(piece.length)));
    }
    deliver(batch, m_network.forward(texts, work.stop), work);
    for (const Piece& piece : batch) {
      const std::int64_t count = windows[piece.sequence];
      done += static_cast<std::int64_t>(work.sequences[piece.sequence].size()) / count;
    }
    reportResidues(work.progress, std::min(done, total), total);
  }
  reportResidues(work.progress, total, total);
}

void Esm2::deliver(const std::vector<Piece>& batch, const at::Tensor& hidden,
                   const EmbedWork& work) {
  std::vector<RowRange> whole;
  std::vector<std::size_t> pooledSequences;
  std::int64_t row = 0;
  for (const Piece& piece : batch) {
    const RowRange residues{row + 1, piece.length};
    row += piece.length + 2;
    const auto open = m_open.find(piece.sequence);
    if (open != m_open.end()) {
      open->second.add(piece.begin, toVector(hidden.narrow(0, residues.begin, residues.count)));
      if (open->second.isComplete()) {
        work.take(piece.sequence, open->second.result(work.perResidue));
        m_open.erase(open);
      }
    } else if (work.perResidue) {
      work.take(piece.sequence,
                {piece.length, toVector(hidden.narrow(0, residues.begin, residues.count))});
    } else {
      whole.push_back(residues);
      pooledSequences.push_back(piece.sequence);
    }
  }
  if (whole.empty()) {
    return;
  }
  const at::Tensor means = meanPooled(hidden, whole).to(at::kCPU);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    work.take(pooledSequences[i], {0, toVector(means[static_cast<std::int64_t>(i)])});
  }
}

std::string identityOf(std::string_view weightsHash, const Options& options, const LongRule& rule) {
  return fmt::format("esm2-{}-mean-{}-{}{}", weightsHash, options.text("precision"),
                     rule.kind == LongProteins::Crop ? "crop" : "windows", rule.limit);
}

Esm2Setup setupFrom(const BackboneRequest& request) {
  const Options& options = request.options;
  Esm2Setup setup;
  setup.rule.kind = options.text("long") == "windows" ? LongProteins::Windows : LongProteins::Crop;
  setup.rule.limit = options.integer("limit");
  setup.options = at::TensorOptions()
                      .device(checkedDevice(request.device))
                      .dtype(options.text("precision") == "bf16" ? at::kBFloat16 : at::kFloat);
  return setup;
}

std::unique_ptr<Backbone> fromFolder(const std::filesystem::path& folder,
                                     const BackboneRequest& request) {
  Esm2Setup setup = setupFrom(request);
  FolderWeights weights(folder, "esm.");
  setup.config = readEsm2Config(folder / "config.json");
  setup.identity = identityOf(weights.hash(), request.options, setup.rule);
  auto backbone = std::make_unique<Esm2>(std::move(setup), weights);
  weights.requireAllTaken(isUnusedByEsm2);
  return backbone;
}

std::unique_ptr<Backbone> fromSeed(const Esm2Config& config, std::int64_t seed,
                                   const BackboneRequest& request) {
  Esm2Setup setup = setupFrom(request);
  setup.config = config;
  const auto hash = sha256(
      fmt::format("random-1 {}x{}x{} seed {}", config.layers, config.width, config.heads, seed));
  setup.identity = identityOf(hash, request.options, setup.rule);
  RandomWeights weights(static_cast<std::uint64_t>(seed));
  return std::make_unique<Esm2>(std::move(setup), weights);
}

}  // namespace

Descriptor esm2Descriptor() {
  auto layers = integerOption("layers", "Layers", 6, 1, 64, "Layers of a random network.");
  auto width = integerOption("width", "Width", 320, 8, 8192, "Numbers a residue, when random.");
  auto heads = integerOption("heads", "Heads", 20, 1, 256, "Attention heads, when random.");
  auto seed = integerOption("seed", "Weights seed", 0, 0, 1'000'000'000,
                            "Draws the weights of a random network.");
  auto limit = integerOption("limit", "Length limit", 1022, 16, 100'000,
                             "Longest stretch that the network sees at once; 1022 as trained.");
  limit.unit = "residues";
  for (auto* option : {&layers, &width, &heads, &seed, &limit}) {
    option->advanced = true;
  }
  return {"esm2",
          "ESM-2",
          "Protein language model; without a weights folder its weights are random.",
          {folderOption("weights", "Weights folder",
                        "Hugging Face folder with config.json and model.safetensors; empty for "
                        "random weights of the shape below."),
           choiceOption("precision", "Precision", {"fp32", "bf16"},
                        "bf16 is 1.6 times as fast; the cosine to fp32 stays above 0.999."),
           choiceOption("long", "Long proteins", {"crop", "windows"},
                        "Keep the first residues up to the limit, or average overlapping windows."),
           limit, layers, width, heads, seed}};
}

std::unique_ptr<Backbone> makeEsm2(const BackboneRequest& request) {
  const Options& options = request.options;
  const std::string& folder = options.text("weights");
  const std::int64_t layers = options.integer("layers");
  const std::int64_t width = options.integer("width");
  const std::int64_t heads = options.integer("heads");
  const std::int64_t seed = options.integer("seed");
  return translated([&] {
    return folder.empty() ? fromSeed(esm2ConfigOfShape(layers, width, heads), seed, request)
                          : fromFolder(folder, request);
  });
}

}  // namespace twofold::models
