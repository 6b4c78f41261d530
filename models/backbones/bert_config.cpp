#include "models/backbones/bert_config.h"

#include <fmt/format.h>

#include "models/backbones/config_file.h"

namespace twofold::models {

BertConfig readBertConfig(const std::filesystem::path& path) {
  const ConfigFile file(path);
  file.requireWord("model_type", "bert", "these are weights of another network");
  if (file.wordOr("position_embedding_type", "absolute") != "absolute") {
    throw file.wrong("\"position_embedding_type\" is not \"absolute\"; no other is read here");
  }
  if (file.wordOr("hidden_act", "gelu") != "gelu") {
    throw file.wrong("\"hidden_act\" is not \"gelu\"; no other is read here");
  }
  if (file.flagOr("is_decoder", false)) {
    throw file.wrong("\"is_decoder\" is true: this is no encoder");
  }
  BertConfig config;
  config.layers = file.size("num_hidden_layers", kMostLayers);
  config.width = file.size("hidden_size", kLargestWidth);
  config.heads = file.size("num_attention_heads", kLargestWidth);
  config.feedForwardWidth = file.size("intermediate_size", 4 * kLargestWidth);
  config.vocabulary = file.size("vocab_size", kLargestVocabulary);
  config.positions = file.size("max_position_embeddings", kLargestVocabulary);
  config.tokenTypes = file.sizeOr("type_vocab_size", kLargestWidth, config.tokenTypes);
  config.layerNormEpsilon = file.positiveOr("layer_norm_eps", config.layerNormEpsilon, 1);
  if (config.width % config.heads != 0) {
    throw file.wrong(
        fmt::format("{} heads do not divide the width {}", config.heads, config.width));
  }
  return config;
}

}  // namespace twofold::models
