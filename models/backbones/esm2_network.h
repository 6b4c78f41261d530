// The ESM-2 network (Lin et al. 2023) for inference, as Hugging Face's EsmModel computes it.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "models/backbones/esm2_config.h"
#include "models/backbones/token_network.h"
#include "models/backbones/weight_source.h"
#include "models/layers/transformer_block.h"

namespace twofold::models {

class Esm2Network final : public TokenNetwork {
 public:
  /// Throws Error(BadInput) when a weight is missing or of another shape.
  Esm2Network(const Esm2Config& config, WeightSource& weights, const Arithmetic& arithmetic);

  [[nodiscard]] std::int64_t width() const override { return m_config.width; }
  [[nodiscard]] std::int64_t layers() const override { return m_config.layers; }
  [[nodiscard]] c10::Device device() const override { return m_tokens.device(); }
  /// After the last norm.
  [[nodiscard]] at::Tensor forward(const TokenBatch& batch, const std::stop_token& stop,
                                   const LayerSink& sink = {}) const override;

 private:
  Esm2Config m_config;
  bool m_hasGradients;
  at::Tensor m_tokens;       // [vocabulary, width]
  at::Tensor m_frequencies;  // [headWidth / 2] float32
  std::vector<TransformerBlock> m_blocks;
  LayerNormWeights m_lastNorm;
};

}  // namespace twofold::models
