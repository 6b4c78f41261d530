#include "models/backbones/esm2.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/tokenizers/residue_tokenizer.h"
#include "core/tokenizers/residue_vocabulary.h"
#include "core/weights/weights_list.h"
#include "models/backbones/backbone_options.h"
#include "models/backbones/esm2_network.h"
#include "models/backbones/folder_backbone.h"
#include "models/backbones/sequence_text.h"
#include "models/learning/device.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kTrainedLength = 1022;

PackedSetup setupOf(const Esm2Config& config, const BackboneRequest& request) {
  PackedSetup setup = setupFrom(request);
  setup.tokenize = aTokenAResidue(tokenizers::tokenizeEsm2);
  setup.tunable.make = makerOf<Esm2Network>(config);
  return setup;
}

std::unique_ptr<Backbone> fromFolder(const std::filesystem::path& folder,
                                     const BackboneRequest& request) {
  auto weights = std::make_shared<FolderWeights>(folder, "esm2", request.watch);
  if (std::filesystem::exists(folder / "vocab.txt")) {
    tokenizers::checkVocabulary(folder / "vocab.txt", tokenizers::esm2Tokens());
  }
  auto setup = setupOf(readEsm2Config(folder / "config.json"), request);
  return folderBackbone(std::move(setup), "esm2", std::move(weights), request.options);
}

std::unique_ptr<Backbone> fromSeed(const Esm2Config& config, std::int64_t seed,
                                   const BackboneRequest& request) {
  auto setup = setupOf(config, request);
  setup.tunable.weights = std::make_shared<RandomWeights>(static_cast<std::uint64_t>(seed));
  setup.tunable.hash = sha256(
      fmt::format("random-1 {}x{}x{} seed {}", config.layers, config.width, config.heads, seed));
  return packedBackbone(std::move(setup), "esm2", request.options);
}

}  // namespace

Descriptor esm2Descriptor() {
  auto random = switchOption("random", "Random weights", false,
                             "An untrained network of the shape below: the control for a trained "
                             "one. Leave the weights folder empty.");
  auto layers = integerOption("layers", "Layers", 6, 1, 64, "Layers of a random network.");
  auto width = integerOption("width", "Width", 320, 8, 8192, "Numbers a residue, when random.");
  auto heads = integerOption("heads", "Heads", 20, 1, 256, "Attention heads, when random.");
  auto seed = integerOption("seed", "Weights seed", 0, 0, 1'000'000'000,
                            "Draws the weights of a random network.");
  for (auto* option : {&random, &layers, &width, &heads, &seed}) {
    option->advanced = true;
  }
  std::vector<OptionSpec> options = {weightsOption("empty for those that come with the program"),
                                     precisionOption(kInt8Drift),
                                     longOption(),
                                     limitOption(kTrainedLength),
                                     poolingOption({"mean", "whole", "first", "last"}),
                                     random,
                                     layers,
                                     width,
                                     heads,
                                     seed};
  return {"esm2", "ESM-2",
          "Protein language model, from a folder of published weights or the small one of this "
          "program.",
          withAdapters(std::move(options))};
}

std::unique_ptr<Backbone> makeEsm2(const BackboneRequest& request) {
  const Options& options = request.options;
  const std::string& given = options.text("weights");
  const bool isRandom = options.flag("random");
  const std::int64_t layers = options.integer("layers");
  const std::int64_t width = options.integer("width");
  const std::int64_t heads = options.integer("heads");
  const std::int64_t seed = options.integer("seed");
  if (isRandom && !given.empty()) {
    throw Error(ErrorKind::Usage, "esm2: a weights folder and random weights exclude each other");
  }
  return translated([&] {
    return isRandom        ? fromSeed(esm2ConfigOfShape(layers, width, heads), seed, request)
           : given.empty() ? fromFolder(shippedWeights(weights::weightsPlaces(), "esm2"), request)
                           : fromFolder(given, request);
  });
}

}  // namespace twofold::models
