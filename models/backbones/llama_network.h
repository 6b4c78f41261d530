// The Llama decoder (Touvron et al. 2023, Dubey et al. 2024) for embeddings, as Hugging Face's
// LlamaModel computes it.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "models/backbones/llama_config.h"
#include "models/backbones/token_network.h"
#include "models/backbones/weight_source.h"
#include "models/layers/attention.h"
#include "models/layers/linear.h"

namespace twofold::models {

/// 1 / base^(2i / headWidth), slowed as the config says: [headWidth / 2] float32.
[[nodiscard]] at::Tensor llamaFrequencies(const LlamaConfig& config);

/// Norms before attention and a SwiGLU feed-forward (Shazeer 2020).
class LlamaBlock {
 public:
  struct Parts {
    at::Tensor attentionNorm;  // [width]
    FrozenLinear qkv;          // [qkvWidth, width]
    FrozenLinear attentionOutput;
    at::Tensor feedForwardNorm;
    FrozenLinear gateAndUp;  // [2 x feedForwardWidth, width]
    FrozenLinear down;
    AttentionShape shape;
    double epsilon = 1e-5;
  };

  explicit LlamaBlock(Parts parts);

  /// `hidden` [batch.rows(), width], changed in place.
  void apply(at::Tensor& hidden, const PackedBatch& batch) const;

 private:
  Parts m_parts;
};

class LlamaNetwork final : public TokenNetwork {
 public:
  /// Throws Error(BadInput) when a weight is missing or of another shape.
  LlamaNetwork(const LlamaConfig& config, WeightSource& weights, const Arithmetic& arithmetic);

  [[nodiscard]] std::int64_t width() const override { return m_config.width; }
  [[nodiscard]] std::int64_t layers() const override { return m_config.layers; }
  [[nodiscard]] c10::Device device() const override { return m_tokens.device(); }
  /// After the last norm; a token sees itself and those before it.
  [[nodiscard]] at::Tensor forward(const TokenBatch& batch, const std::stop_token& stop,
                                   const LayerSink& sink = {}) const override;

 private:
  LlamaConfig m_config;
  bool m_hasGradients;
  at::Tensor m_tokens;       // [vocabulary, width]
  at::Tensor m_frequencies;  // [headWidth / 2] float32
  std::vector<LlamaBlock> m_blocks;
  at::Tensor m_lastNorm;  // [width]
};

}  // namespace twofold::models
