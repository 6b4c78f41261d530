#include "models/backbones/llama_config.h"

#include <fmt/format.h>

#include "models/backbones/config_file.h"

namespace twofold::models {

namespace {

/// transformers 5 writes "rope_parameters", earlier ones "rope_theta" beside "rope_scaling".
void readRotary(const ConfigFile& file, LlamaConfig& config) {
  const ConfigFile rope =
      file.inner(file.has("rope_parameters") ? "rope_parameters" : "rope_scaling");
  config.rotaryBase =
      file.positiveOr("rope_theta", rope.positiveOr("rope_theta", config.rotaryBase));
  const std::string kind = rope.wordOr("rope_type", rope.wordOr("type", "default"));
  if (kind == "default") {
    return;
  }
  if (kind == "linear") {
    config.linearStretch = rope.positiveOr("factor", 1);
    return;
  }
  if (kind != "llama3") {
    throw file.wrong(fmt::format(
        "rotary positions of the kind \"{}\" are not read; default, linear and llama3 are", kind));
  }
  RopeStretch stretch;
  stretch.factor = rope.positiveOr("factor", stretch.factor);
  stretch.lowFrequencyFactor = rope.positiveOr("low_freq_factor", stretch.lowFrequencyFactor);
  stretch.highFrequencyFactor = rope.positiveOr("high_freq_factor", stretch.highFrequencyFactor);
  stretch.trainedPositions =
      rope.positiveOr("original_max_position_embeddings", stretch.trainedPositions);
  if (stretch.highFrequencyFactor <= stretch.lowFrequencyFactor) {
    throw file.wrong("\"high_freq_factor\" is not above \"low_freq_factor\"");
  }
  config.stretch = stretch;
}

void checkShape(const ConfigFile& file, const LlamaConfig& config) {
  if (config.heads % config.keyHeads != 0) {
    throw file.wrong(
        fmt::format("{} key heads do not divide {} heads", config.keyHeads, config.heads));
  }
  if (config.headWidth % 2 != 0) {
    throw file.wrong(fmt::format("heads of {} have no halves to rotate", config.headWidth));
  }
}

}  // namespace

LlamaConfig readLlamaConfig(const std::filesystem::path& path) {
  const ConfigFile file(path);
  file.requireWord("model_type", "llama", "these are weights of another network");
  if (file.wordOr("hidden_act", "silu") != "silu") {
    throw file.wrong("\"hidden_act\" is not \"silu\"; no other is read here");
  }
  LlamaConfig config;
  config.layers = file.size("num_hidden_layers", kMostLayers);
  config.width = file.size("hidden_size", kLargestWidth);
  config.heads = file.size("num_attention_heads", kLargestWidth);
  config.keyHeads = file.sizeOr("num_key_value_heads", kLargestWidth, config.heads);
  if (!file.has("head_dim") && config.width % config.heads != 0) {
    throw file.wrong(
        fmt::format("{} heads do not divide the width {}", config.heads, config.width));
  }
  config.headWidth = file.sizeOr("head_dim", kLargestWidth, config.width / config.heads);
  config.feedForwardWidth = file.size("intermediate_size", 4 * kLargestWidth);
  config.vocabulary = file.size("vocab_size", kLargestVocabulary);
  config.positions =
      file.sizeOr("max_position_embeddings", 16 * kLargestVocabulary, config.positions);
  config.normEpsilon = file.positiveOr("rms_norm_eps", config.normEpsilon, 1);
  config.attentionBias = file.flagOr("attention_bias", false);
  config.feedForwardBias = file.flagOr("mlp_bias", false);
  readRotary(file, config);
  checkShape(file, config);
  return config;
}

}  // namespace twofold::models
