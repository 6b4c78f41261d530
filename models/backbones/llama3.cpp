#include "models/backbones/llama3.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/error.h"
#include "core/tokenizers/byte_pair.h"
#include "models/backbones/backbone_options.h"
#include "models/backbones/llama_network.h"
#include "models/backbones/sequence_text.h"
#include "models/learning/device.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kUsualLength = 4094;

std::unique_ptr<tokenizers::Tokenizer> readTokenizer(const std::filesystem::path& folder,
                                                     const LlamaConfig& config) {
  auto tokenizer = tokenizers::readLlama3(folder);
  if (tokenizer->size() > config.vocabulary) {
    throw badInput(folder.string(), 0,
                   fmt::format("the tokenizer has {} tokens, config.json's \"vocab_size\" is {}",
                               tokenizer->size(), config.vocabulary));
  }
  return tokenizer;
}

}  // namespace

Descriptor llama3Descriptor() {
  return {"llama3", "Llama 3",
          "Causal language model of texts: reads proteins as plain or spaced letters.",
          withAdapters({weightsOption("with tokenizer.json or tokenizer.model"), precisionOption(),
                        inputOption(true), longOption(), limitOption(kUsualLength),
                        poolingOption({"mean", "last", "whole"})})};
}

std::unique_ptr<Backbone> makeLlama3(const BackboneRequest& request) {
  return translated([&]() -> std::unique_ptr<Backbone> {
    const Options& options = request.options;
    PackedSetup setup;
    setup.rule = longRuleFrom(options);
    setup.pooling = poolingFrom(options, setup.rule);
    const InputKind input = inputFrom(options);
    const Arithmetic arithmetic = arithmeticFrom(request);
    const auto folder = requiredWeights(options, "llama3");
    const auto weights = std::make_shared<FolderWeights>(folder, "model.");
    const LlamaConfig config = readLlamaConfig(folder / "config.json");
    checkPositions(setup.rule, 1, config.positions);
    auto tokenizer = readTokenizer(folder, config);
    const auto hash = weights->hash({"tokenizer.json", "tokenizer.model"});
    setup.identity = fmt::format("llama3-{}-{}-{}-{}", hash, options.text("input"),
                                 options.text("pooling"), identitySuffix(options, setup.rule));
    setup.tokenize = inputTokenizer(std::move(tokenizer), input, setup.rule);
    setup.tunable = {[config](WeightSource& source, const Arithmetic& wanted) {
                       return std::make_unique<LlamaNetwork>(config, source, wanted);
                     },
                     weights, hash, arithmetic};
    makeNetwork(setup, options);
    weights->requireAllTaken("Llama", isUnusedByLlama);
    return std::make_unique<PackedBackbone>(std::move(setup));
  });
}

}  // namespace twofold::models
