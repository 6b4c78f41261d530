#include "models/backbones/folder_backbone.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "models/backbones/adapters.h"
#include "models/backbones/backbone_options.h"

namespace twofold::models {

namespace {

void makeNetwork(PackedSetup& setup, const Options& options) {
  static_cast<void>(finetuneOptions(options));  // read where the run is trained
  TunableNetwork& tunable = setup.tunable;
  const std::filesystem::path folder = options.text("adapters");
  if (folder.empty()) {
    setup.network = tunable.make(*tunable.weights, tunable.arithmetic);
    return;
  }
  const auto file = adaptersFile(folder);
  const Adapters adapters = readAdapters(file);
  requireBase(adapters, tunable.hash, file);
  AdaptedWeights weights(*tunable.weights, adapters);
  setup.network = tunable.make(weights, tunable.arithmetic);
  weights.requireAllUsed(file);
  setup.identity += "-lora" + sha256OfFile(file).substr(0, 16);
}

}  // namespace

PackedSetup setupFrom(const BackboneRequest& request) {
  PackedSetup setup;
  setup.rule = longRuleFrom(request.options);
  setup.pooling = poolingFrom(request.options, setup.rule);
  setup.tunable.arithmetic = arithmeticFrom(request);
  return setup;
}

std::unique_ptr<Backbone> packedBackbone(PackedSetup setup, std::string_view kind,
                                         const Options& options) {
  setup.identity =
      fmt::format("{}-{}-{}-{}-{}{}", kind, setup.tunable.hash, options.text("pooling"),
                  options.text("precision"), name(setup.rule.kind), options.integer("limit"));
  makeNetwork(setup, options);
  return std::make_unique<PackedBackbone>(std::move(setup));
}

std::unique_ptr<Backbone> folderBackbone(PackedSetup setup, std::string_view kind,
                                         std::shared_ptr<FolderWeights> weights,
                                         const Options& options) {
  weights->requireNetwork();
  setup.tunable.hash = weights->hash();
  setup.tunable.weights = std::move(weights);
  return packedBackbone(std::move(setup), kind, options);
}

}  // namespace twofold::models
