#include "models/backbones/bert.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/error.h"
#include "core/tokenizers/word_piece.h"
#include "models/backbones/backbone_options.h"
#include "models/backbones/bert_network.h"
#include "models/backbones/sequence_text.h"
#include "models/learning/device.h"

namespace twofold::models {

namespace {

/// 512 positions without [CLS] and [SEP].
constexpr std::int64_t kTrainedLength = 510;

std::unique_ptr<tokenizers::Tokenizer> readTokenizer(const std::filesystem::path& folder,
                                                     const BertConfig& config) {
  auto tokenizer = tokenizers::readWordPiece(folder);
  if (tokenizer->size() > config.vocabulary) {
    throw badInput(folder.string(), 0,
                   fmt::format("the vocabulary has {} tokens, config.json's \"vocab_size\" is {}",
                               tokenizer->size(), config.vocabulary));
  }
  return tokenizer;
}

}  // namespace

Descriptor bertDescriptor() {
  return {"bert", "BERT", "Language model of words: reads proteins as spaced letters, or any text.",
          withAdapters({weightsOption("with vocab.txt or tokenizer.json"), precisionOption(),
                        inputOption(false), longOption(), limitOption(kTrainedLength),
                        poolingOption({"mean", "whole", "first", "last"})})};
}

std::unique_ptr<Backbone> makeBert(const BackboneRequest& request) {
  return translated([&]() -> std::unique_ptr<Backbone> {
    const Options& options = request.options;
    PackedSetup setup;
    setup.rule = longRuleFrom(options);
    setup.pooling = poolingFrom(options, setup.rule);
    const InputKind input = inputFrom(options);
    const Arithmetic arithmetic = arithmeticFrom(request);
    const auto folder = requiredWeights(options, "bert");
    const auto weights = std::make_shared<FolderWeights>(folder, "bert.");
    const BertConfig config = readBertConfig(folder / "config.json");
    checkPositions(setup.rule, 2, config.positions);
    const auto hash = weights->hash({"vocab.txt", "tokenizer.json", "tokenizer_config.json"});
    setup.identity = fmt::format("bert-{}-{}-{}-{}", hash, options.text("input"),
                                 options.text("pooling"), identitySuffix(options, setup.rule));
    setup.tokenize = inputTokenizer(readTokenizer(folder, config), input, setup.rule);
    setup.tunable = {[config](WeightSource& source, const Arithmetic& wanted) {
                       return std::make_unique<BertNetwork>(config, source, wanted);
                     },
                     weights, hash, arithmetic};
    makeNetwork(setup, options);
    weights->requireAllTaken("BERT", isUnusedByBert);
    return std::make_unique<PackedBackbone>(std::move(setup));
  });
}

}  // namespace twofold::models
