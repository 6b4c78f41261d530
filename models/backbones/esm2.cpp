#include "models/backbones/esm2.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/hash.h"
#include "core/tokenizers/residue_tokenizer.h"
#include "models/backbones/backbone_options.h"
#include "models/backbones/esm2_network.h"
#include "models/learning/device.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kTrainedLength = 1022;

/// One token a residue between <cls> and <eos>.
ResidueTokens tokenize(std::string_view sequence) {
  ResidueTokens tokens{tokenizers::tokenizeEsm2(sequence), {}};
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    tokens.rowOf.push_back(static_cast<std::int64_t>(i) + 1);
  }
  return tokens;
}

PackedSetup setupOf(const Esm2Config& config, std::shared_ptr<WeightSource> weights,
                    const std::string& hash, const BackboneRequest& request) {
  PackedSetup setup;
  setup.tunable = {[config](WeightSource& source, const Arithmetic& arithmetic) {
                     return std::make_unique<Esm2Network>(config, source, arithmetic);
                   },
                   std::move(weights), hash, arithmeticFrom(request)};
  setup.tokenize = tokenize;
  setup.rule = longRuleFrom(request.options);
  setup.pooling = poolingFrom(request.options, setup.rule);
  setup.identity = fmt::format("esm2-{}-{}-{}", hash, request.options.text("pooling"),
                               identitySuffix(request.options, setup.rule));
  makeNetwork(setup, request.options);
  return setup;
}

std::unique_ptr<Backbone> fromFolder(const std::filesystem::path& folder,
                                     const BackboneRequest& request) {
  const auto weights = std::make_shared<FolderWeights>(folder, "esm.");
  const Esm2Config config = readEsm2Config(folder / "config.json");
  auto setup = setupOf(config, weights, weights->hash(), request);
  weights->requireAllTaken("ESM-2", isUnusedByEsm2);
  return std::make_unique<PackedBackbone>(std::move(setup));
}

std::unique_ptr<Backbone> fromSeed(const Esm2Config& config, std::int64_t seed,
                                   const BackboneRequest& request) {
  const auto hash = sha256(
      fmt::format("random-1 {}x{}x{} seed {}", config.layers, config.width, config.heads, seed));
  auto weights = std::make_shared<RandomWeights>(static_cast<std::uint64_t>(seed));
  return std::make_unique<PackedBackbone>(setupOf(config, std::move(weights), hash, request));
}

}  // namespace

Descriptor esm2Descriptor() {
  auto layers = integerOption("layers", "Layers", 6, 1, 64, "Layers of a random network.");
  auto width = integerOption("width", "Width", 320, 8, 8192, "Numbers a residue, when random.");
  auto heads = integerOption("heads", "Heads", 20, 1, 256, "Attention heads, when random.");
  auto seed = integerOption("seed", "Weights seed", 0, 0, 1'000'000'000,
                            "Draws the weights of a random network.");
  for (auto* option : {&layers, &width, &heads, &seed}) {
    option->advanced = true;
  }
  std::vector<OptionSpec> options = {weightsOption("empty for random weights of the shape below"),
                                     precisionOption(),
                                     longOption(),
                                     limitOption(kTrainedLength),
                                     poolingOption({"mean", "whole", "first", "last"}),
                                     layers,
                                     width,
                                     heads,
                                     seed};
  return {"esm2", "ESM-2",
          "Protein language model; without a weights folder its weights are random.",
          withAdapters(std::move(options))};
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
