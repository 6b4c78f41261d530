#include "models/backbones/protbert.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/error.h"
#include "core/tokenizers/residue_tokenizer.h"
#include "core/tokenizers/residue_vocabulary.h"
#include "models/backbones/backbone_options.h"
#include "models/backbones/bert_network.h"
#include "models/backbones/folder_backbone.h"
#include "models/backbones/sequence_text.h"
#include "models/learning/device.h"

namespace twofold::models {

namespace {

/// Trained on up to 2,048 tokens.
constexpr std::int64_t kTrainedLength = 2046;

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
                        precisionOption(kInt8Drift), longOption(), limitOption(kTrainedLength),
                        poolingOption({"mean", "whole", "first", "last"})})};
}

std::unique_ptr<Backbone> makeProtBert(const BackboneRequest& request) {
  return translated([&] {
    PackedSetup setup = setupFrom(request);
    const auto folder = requiredWeights(request.options, "protbert");
    auto weights = std::make_shared<FolderWeights>(folder, "protbert", request.watch);
    const BertConfig config = readConfig(folder);
    checkPositions(setup.rule, 2, config.positions);
    setup.tokenize = aTokenAResidue(tokenizers::tokenizeProtBert);
    setup.tunable.make = makerOf<BertNetwork>(config);
    return folderBackbone(std::move(setup), "protbert", std::move(weights), request.options);
  });
}

}  // namespace twofold::models
