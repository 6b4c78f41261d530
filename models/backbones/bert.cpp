#include "models/backbones/bert.h"

#include <utility>

#include "core/base/error.h"
#include "core/tokenizers/word_piece.h"
#include "models/backbones/backbone_options.h"
#include "models/backbones/bert_network.h"
#include "models/backbones/folder_backbone.h"
#include "models/backbones/sequence_text.h"
#include "models/learning/device.h"

namespace twofold::models {

namespace {

/// 512 positions without [CLS] and [SEP].
constexpr std::int64_t kTrainedLength = 510;

}  // namespace

Descriptor bertDescriptor() {
  return {
      "bert", "BERT", "Language model of words: reads proteins as spaced letters, or any text.",
      withAdapters({weightsOption("with vocab.txt or tokenizer.json"), precisionOption(kInt8Drift),
                    inputOption(false), longOption(), limitOption(kTrainedLength),
                    poolingOption({"mean", "whole", "first", "last"})})};
}

std::unique_ptr<Backbone> makeBert(const BackboneRequest& request) {
  return translated([&] {
    PackedSetup setup = setupFrom(request);
    const InputKind input = inputFrom(request.options);
    const auto folder = requiredWeights(request.options, "bert");
    auto weights = std::make_shared<FolderWeights>(folder, "bert", request.watch);
    const BertConfig config = readBertConfig(folder / "config.json");
    checkPositions(setup.rule, 2, config.positions);
    auto tokenizer = tokenizers::readWordPiece(folder);
    requireFits(*tokenizer, config.vocabulary, folder);
    setup.tokenize = inputTokenizer(std::move(tokenizer), input, setup.rule);
    setup.tunable.make = makerOf<BertNetwork>(config);
    return folderBackbone(std::move(setup), "bert-" + request.options.text("input"),
                          std::move(weights), request.options);
  });
}

}  // namespace twofold::models
