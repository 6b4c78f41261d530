#include "models/backbones/protbert.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/error.h"
#include "core/tokenizers/residue_tokenizer.h"
#include "core/tokenizers/residue_vocabulary.h"
#include "models/backbones/backbone_options.h"
#include "models/backbones/bert_network.h"
#include "models/learning/device.h"

namespace twofold::models {

namespace {

/// Trained on up to 2,048 tokens.
constexpr std::int64_t kTrainedLength = 2046;

/// One token a residue between [CLS] and [SEP].
ResidueTokens tokenize(std::string_view sequence) {
  ResidueTokens tokens{tokenizers::tokenizeProtBert(sequence), {}};
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    tokens.rowOf.push_back(static_cast<std::int64_t>(i) + 1);
  }
  return tokens;
}

BertConfig readConfig(const std::filesystem::path& folder) {
  const BertConfig config = readBertConfig(folder / "config.json");
  if (config.vocabulary != tokenizers::ProtBertVocabulary::kSize) {
    throw badInput(
        (folder / "config.json").string(), 0,
        fmt::format("\"vocab_size\" is {}, not the {} of ProtBert; choose BERT for other "
                    "vocabularies",
                    config.vocabulary, tokenizers::ProtBertVocabulary::kSize));
  }
  if (std::filesystem::exists(folder / "vocab.txt")) {
    tokenizers::checkVocabulary(folder / "vocab.txt", tokenizers::protBertTokens());
  }
  return config;
}

}  // namespace

Descriptor protBertDescriptor() {
  return {"protbert", "ProtBert", "Protein language model of BERT's shape, from a weights folder.",
          withAdapters({weightsOption("with the 30-token vocabulary of residues"),
                        precisionOption(), longOption(), limitOption(kTrainedLength),
                        poolingOption({"mean", "whole", "first", "last"})})};
}

std::unique_ptr<Backbone> makeProtBert(const BackboneRequest& request) {
  return translated([&]() -> std::unique_ptr<Backbone> {
    const Options& options = request.options;
    PackedSetup setup;
    setup.rule = longRuleFrom(options);
    setup.pooling = poolingFrom(options, setup.rule);
    const Arithmetic arithmetic = arithmeticFrom(request);
    const auto folder = requiredWeights(options, "protbert");
    const auto weights = std::make_shared<FolderWeights>(folder, "bert.");
    const BertConfig config = readConfig(folder);
    checkPositions(setup.rule, 2, config.positions);
    setup.tokenize = tokenize;
    const auto hash = weights->hash();
    setup.identity = fmt::format("protbert-{}-{}-{}", hash, options.text("pooling"),
                                 identitySuffix(options, setup.rule));
    setup.tunable = {[config](WeightSource& source, const Arithmetic& wanted) {
                       return std::make_unique<BertNetwork>(config, source, wanted);
                     },
                     weights, hash, arithmetic};
    makeNetwork(setup, options);
    weights->requireAllTaken("ProtBert", isUnusedByBert);
    return std::make_unique<PackedBackbone>(std::move(setup));
  });
}

}  // namespace twofold::models
