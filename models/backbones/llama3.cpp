#include "models/backbones/llama3.h"

#include <utility>

#include "core/base/error.h"
#include "core/tokenizers/byte_pair.h"
#include "models/backbones/backbone_options.h"
#include "models/backbones/folder_backbone.h"
#include "models/backbones/llama_network.h"
#include "models/backbones/sequence_text.h"
#include "models/learning/device.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kUsualLength = 4094;

}  // namespace

Descriptor llama3Descriptor() {
  return {"llama3", "Llama 3",
          "Causal language model of texts: reads proteins as plain or spaced letters.",
          withAdapters({weightsOption("with tokenizer.json or tokenizer.model"),
                        precisionOption(kInt8Drift), inputOption(true), longOption(),
                        limitOption(kUsualLength), poolingOption({"mean", "last", "whole"})})};
}

std::unique_ptr<Backbone> makeLlama3(const BackboneRequest& request) {
  return translated([&] {
    PackedSetup setup = setupFrom(request);
    const InputKind input = inputFrom(request.options);
    const auto folder = requiredWeights(request.options, "llama3");
    auto weights = std::make_shared<FolderWeights>(folder, "llama3", request.watch);
    const LlamaConfig config = readLlamaConfig(folder / "config.json");
    checkPositions(setup.rule, 1, config.positions);
    auto tokenizer = tokenizers::readLlama3(folder);
    requireFits(*tokenizer, config.vocabulary, folder);
    setup.tokenize = inputTokenizer(std::move(tokenizer), input, setup.rule);
    setup.tunable.make = makerOf<LlamaNetwork>(config);
    return folderBackbone(std::move(setup), "llama3-" + request.options.text("input"),
                          std::move(weights), request.options);
  });
}

}  // namespace twofold::models
