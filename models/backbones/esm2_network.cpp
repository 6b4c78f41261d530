#include "models/backbones/esm2_network.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <array>
#include <string>

#include "core/tokenizers/residue_tokenizer.h"
#include "models/backbones/encoder_weights.h"
#include "models/layers/rotary.h"

namespace twofold::models {

namespace {

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
                         const Arithmetic& arithmetic)
    : m_config(config), m_hasGradients(arithmetic.hasGradients) {
  const c10::AutoGradMode gradients(arithmetic.hasGradients);
  m_tokens = weights
                 .take("embeddings.word_embeddings.weight",
                       {tokenizers::Esm2Vocabulary::kSize, config.width})
                 .mul(tokenScale(config))
                 .to(arithmetic.options);
  m_frequencies = frequencies(config, weights).to(arithmetic.options.device());
  EncoderWeights reader(
      {config.width, config.heads, config.feedForwardWidth, config.layerNormEpsilon}, weights,
      arithmetic);
  m_blocks.reserve(static_cast<std::size_t>(config.layers));
  for (std::int64_t layer = 0; layer < config.layers; ++layer) {
    m_blocks.push_back(reader.block(layer, NormPlace::Before));
  }
  m_lastNorm = reader.norm("encoder.emb_layer_norm_after");
}

at::Tensor Esm2Network::forward(const TokenBatch& batch, const std::stop_token& stop,
                                const LayerSink& sink) const {
  const c10::AutoGradMode gradients(m_hasGradients);
  const PackedBatch packed(batch.lengths, m_frequencies);
  at::Tensor hidden = m_tokens.index_select(0, at::tensor(batch.ids, at::kLong).to(device()));
  applyBlocks(m_blocks, hidden, packed, stop, sink);
  hidden = layerNorm(hidden, m_lastNorm, m_config.layerNormEpsilon);
  if (sink) {
    sink(m_config.layers, hidden);
  }
  return hidden;
}

}  // namespace twofold::models
