#include "models/backbones/esm2_config.h"

#include <fmt/format.h>

#include <string>

#include "core/base/error.h"
#include "core/formats/bounded_json.h"
#include "core/tokenizers/residue_tokenizer.h"

namespace twofold::models {

namespace {

using formats::Json;

/// Larger than any published network, small enough that sizes cannot overflow.
constexpr std::int64_t kMostLayers = 512;
constexpr std::int64_t kLargestWidth = 65536;

bool headsFit(const Esm2Config& config) {
  return config.width % config.heads == 0 && config.headWidth() % 2 == 0;
}

/// config.json with errors that name the file and the key.
class ConfigFile {
 public:
  explicit ConfigFile(const std::filesystem::path& path)
      : m_file(path.string()), m_json(formats::readJsonFile(path)) {
    if (!m_json.is_object()) {
      throw wrong("this is no JSON object");
    }
  }

  [[nodiscard]] Error wrong(std::string_view reason) const { return badInput(m_file, 0, reason); }

  [[nodiscard]] std::int64_t size(const char* key, std::int64_t largest) const {
    const auto found = m_json.find(key);
    if (found == m_json.end() || !found->is_number_integer()) {
      throw wrong(fmt::format("\"{}\" is missing or no whole number", key));
    }
    const auto value = found->get<std::int64_t>();
    if (value < 1 || value > largest) {
      throw wrong(fmt::format("\"{}\" is {}, outside 1 to {}", key, value, largest));
    }
    return value;
  }

  [[nodiscard]] double positive(const char* key, double fallback) const {
    const auto found = m_json.find(key);
    if (found == m_json.end() || found->is_null()) {
      return fallback;
    }
    if (!found->is_number() || !(found->get<double>() > 0)) {
      throw wrong(fmt::format("\"{}\" is no positive number", key));
    }
    return found->get<double>();
  }

  [[nodiscard]] bool flag(const char* key, bool fallback) const {
    const auto found = m_json.find(key);
    if (found == m_json.end() || found->is_null()) {
      return fallback;
    }
    if (!found->is_boolean()) {
      throw wrong(fmt::format("\"{}\" is neither true nor false", key));
    }
    return found->get<bool>();
  }

  void requireWord(const char* key, std::string_view expected, std::string_view reason) const {
    const auto found = m_json.find(key);
    if (found == m_json.end() || !found->is_string() || found->get<std::string>() != expected) {
      throw wrong(fmt::format("\"{}\" is not \"{}\": {}", key, expected, reason));
    }
  }

 private:
  std::string m_file;
  Json m_json;
};

}  // namespace

Esm2Config readEsm2Config(const std::filesystem::path& path) {
  const ConfigFile file(path);
  file.requireWord("model_type", "esm", "these are weights of another network; choose ESM-2");
  file.requireWord("position_embedding_type", "rotary", "this is ESM-1; choose ESM-2");
  if (file.flag("emb_layer_norm_before", false)) {
    throw file.wrong("\"emb_layer_norm_before\" is true: this is ESM-1b; choose ESM-2");
  }
  if (file.flag("is_folding_model", false)) {
    throw file.wrong("\"is_folding_model\" is true: this is ESMFold; choose ESM-2");
  }
  constexpr std::int64_t kVocabulary = tokenizers::Esm2Vocabulary::kSize;
  if (file.size("vocab_size", kLargestWidth) != kVocabulary) {
    throw file.wrong(fmt::format("\"vocab_size\" is not the {} of ESM-2", kVocabulary));
  }
  Esm2Config config;
  config.layers = file.size("num_hidden_layers", kMostLayers);
  config.width = file.size("hidden_size", kLargestWidth);
  config.heads = file.size("num_attention_heads", kLargestWidth);
  config.feedForwardWidth = file.size("intermediate_size", 4 * kLargestWidth);
  config.layerNormEpsilon = file.positive("layer_norm_eps", config.layerNormEpsilon);
  config.rotaryBase = file.positive("rope_theta", config.rotaryBase);
  config.tokenDropout = file.flag("token_dropout", false);
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
