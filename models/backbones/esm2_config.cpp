#include "models/backbones/esm2_config.h"

#include <fmt/format.h>

#include <string>

#include "core/base/error.h"
#include "core/tokenizers/residue_tokenizer.h"
#include "models/backbones/config_file.h"

namespace twofold::models {

namespace {

/// transformers' EsmConfig, where a file leaves it out; published files say 1e-5.
constexpr double kDefaultEpsilon = 1e-12;

bool headsFit(const Esm2Config& config) {
  return config.width % config.heads == 0 && config.headWidth() % 2 == 0;
}

}  // namespace

Esm2Config readEsm2Config(const std::filesystem::path& path) {
  const ConfigFile file(path);
  file.requireWord("model_type", "esm", "these are weights of another network; choose ESM-2");
  file.requireWord("position_embedding_type", "rotary", "this is ESM-1; choose ESM-2");
  if (file.flagOr("emb_layer_norm_before", false)) {
    throw file.wrong("\"emb_layer_norm_before\" is true: this is ESM-1b; choose ESM-2");
  }
  if (file.flagOr("is_folding_model", false)) {
    throw file.wrong("\"is_folding_model\" is true: this is ESMFold; choose ESM-2");
  }
  constexpr std::int64_t kVocabulary = tokenizers::Esm2Vocabulary::kSize;
  if (file.size("vocab_size", kLargestVocabulary) != kVocabulary) {
    throw file.wrong(fmt::format("\"vocab_size\" is not the {} of ESM-2", kVocabulary));
  }
  Esm2Config config;
  config.layers = file.size("num_hidden_layers", kMostLayers);
  config.width = file.size("hidden_size", kLargestWidth);
  config.heads = file.size("num_attention_heads", kLargestWidth);
  config.feedForwardWidth = file.size("intermediate_size", 4 * kLargestWidth);
  config.layerNormEpsilon = file.positiveOr("layer_norm_eps", kDefaultEpsilon, 1);
  config.rotaryBase = file.positiveOr(
      "rope_theta", file.inner("rope_parameters").positiveOr("rope_theta", config.rotaryBase));
  config.tokenDropout = file.flagOr("token_dropout", false);
  if (!headsFit(config)) {
    throw file.wrong(fmt::format("{} heads do not divide the width {} into even parts",
                                 config.heads, config.width));
  }
  return config;
}

Esm2Config esm2ConfigOfShape(std::int64_t layers, std::int64_t width, std::int64_t heads) {
  Esm2Config config;
  config.layers = layers;
  config.width = width;
  config.heads = heads;
  config.feedForwardWidth = 4 * width;
  if (!headsFit(config)) {
    throw Error(ErrorKind::Usage,
                fmt::format("esm2: {} heads do not divide the width {} into even parts; published "
                            "shapes are 6/320/20, 12/480/20, 30/640/20, 33/1280/20",
                            heads, width));
  }
  return config;
}

}  // namespace twofold::models
