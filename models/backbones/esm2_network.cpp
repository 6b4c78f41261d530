#include "models/backbones/esm2_network.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <array>
#include <string>

#include "core/base/progress.h"
#include "core/tokenizers/residue_tokenizer.h"
#include "models/layers/rotary.h"

namespace twofold::models {

namespace {

/// The tensors of one layer by their Hugging Face names.
class LayerReader {
 public:
  LayerReader(const Esm2Config& config, WeightSource& weights, const at::TensorOptions& options)
      : m_config(config), m_weights(weights), m_options(options) {}

  TransformerBlock block(std::int64_t layer) {
    const std::string name = fmt::format("encoder.layer.{}.", layer);
    const std::int64_t width = m_config.width;
    const std::int64_t wide = m_config.feedForwardWidth;
    return TransformerBlock(
        {norm(name + "attention.LayerNorm"), qkv(name + "attention.self."),
         linear(name + "attention.output.dense", width, width), norm(name + "LayerNorm"),
         linear(name + "intermediate.dense", wide, width),
         linear(name + "output.dense", width, wide), m_config.heads, m_config.layerNormEpsilon});
  }

  LayerNormWeights norm(const std::string& name) {
    return {m_weights.take(name + ".weight", {m_config.width}).to(m_options),
            m_weights.take(name + ".bias", {m_config.width}).to(m_options)};
  }

 private:
  FrozenLinear linear(const std::string& name, std::int64_t out, std::int64_t in) {
    const at::Tensor weight = m_weights.take(name + ".weight", {out, in});
    return {weight, m_weights.take(name + ".bias", {out}), m_options};
  }

  FrozenLinear qkv(const std::string& name) {
    std::vector<at::Tensor> weights;
    std::vector<at::Tensor> biases;
    for (const char* part : {"query", "key", "value"}) {
      weights.push_back(m_weights.take(name + part + ".weight", {m_config.width, m_config.width}));
      biases.push_back(m_weights.take(name + part + ".bias", {m_config.width}));
    }
    return {at::cat(weights), at::cat(biases), m_options};
  }

  const Esm2Config& m_config;
  WeightSource& m_weights;
  at::TensorOptions m_options;
};

/// Published checkpoints carry frequencies rounded to half precision, which the network was trained
/// with: in each layer, or once ("*" is how transformers 5.x writes that).
at::Tensor frequencies(const Esm2Config& config, WeightSource& weights) {
  for (const char* place :
       {"rotary_embeddings.inv_freq", "encoder.layer.0.attention.self.rotary_embeddings.inv_freq",
        "encoder.layer.*.attention.self.rotary_embeddings.inv_freq"}) {
    if (auto stored = weights.takeIfPresent(place, {config.headWidth() / 2})) {
      return *stored;
    }
  }
  return rotaryFrequencies(config.headWidth(), config.rotaryBase);
}

/// Training replaced 15 % of the tokens, 80 % of them by <mask>, whose embedding is zero; without
/// masks the sum is larger by that much, so embeddings are scaled down ("token dropout").
double tokenScale(const Esm2Config& config) {
  constexpr double kMaskedInTraining = 0.15 * 0.8;
  return config.tokenDropout ? 1.0 - kMaskedInTraining : 1.0;
}

}  // namespace

Esm2Network::Esm2Network(const Esm2Config& config, WeightSource& weights,
                         const at::TensorOptions& options)
    : m_config(config) {
  const c10::NoGradGuard noGradients;
  m_tokens = weights
                 .take("embeddings.word_embeddings.weight",
                       {tokenizers::Esm2Vocabulary::kSize, config.width})
                 .mul(tokenScale(config))
                 .to(options);
  m_frequencies = frequencies(config, weights).to(options.device());
  LayerReader reader(m_config, weights, options);
  m_blocks.reserve(static_cast<std::size_t>(config.layers));
  for (std::int64_t layer = 0; layer < config.layers; ++layer) {
    m_blocks.push_back(reader.block(layer));
  }
  m_lastNorm = reader.norm("encoder.emb_layer_norm_after");
}

at::Tensor Esm2Network::forward(std::span<const std::string_view> proteins,
                                const std::stop_token& stop) const {
  const c10::NoGradGuard noGradients;
  std::vector<std::int64_t> tokens;
  std::vector<std::int64_t> lengths;
  for (const auto protein : proteins) {
    const auto ids = tokenizers::tokenizeEsm2(protein);
    lengths.push_back(static_cast<std::int64_t>(ids.size()));
    tokens.insert(tokens.end(), ids.begin(), ids.end());
  }
  const PackedBatch batch(std::move(lengths), m_frequencies);
  at::Tensor hidden = m_tokens.index_select(0, at::tensor(tokens, at::kLong).to(m_tokens.device()));
  for (const auto& block : m_blocks) {
    throwIfStopped(stop);
    block.apply(hidden, batch);
  }
  return layerNorm(hidden, m_lastNorm, m_config.layerNormEpsilon);
}

bool isUnusedByEsm2(const std::string& name) {
  constexpr std::array<std::string_view, 3> kHeads = {"lm_head.", "contact_head.", "pooler."};
  for (const auto head : kHeads) {
    if (name.starts_with(head)) {
      return true;
    }
  }
  return name == "embeddings.position_ids" || name == "embeddings.position_embeddings.weight" ||
         (name.starts_with("encoder.layer.") && name.ends_with(".rotary_embeddings.inv_freq"));
}

}  // namespace twofold::models
