// The BERT encoder (Devlin et al. 2019) for inference, as Hugging Face's BertModel computes it.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "models/backbones/bert_config.h"
#include "models/backbones/token_network.h"
#include "models/backbones/weight_source.h"
#include "models/layers/transformer_block.h"

namespace twofold::models {

class BertNetwork final : public TokenNetwork {
 public:
  /// Throws Error(BadInput) when a weight is missing or of another shape.
  BertNetwork(const BertConfig& config, WeightSource& weights, const Arithmetic& arithmetic);

  [[nodiscard]] std::int64_t width() const override { return m_config.width; }
  [[nodiscard]] std::int64_t layers() const override { return m_config.layers; }
  [[nodiscard]] c10::Device device() const override { return m_words.device(); }
  /// All tokens are of type 0. Sequences are at most BertConfig::positions tokens long.
  [[nodiscard]] at::Tensor forward(const TokenBatch& batch, const std::stop_token& stop,
                                   const LayerSink& sink = {}) const override;

 private:
  BertConfig m_config;
  bool m_hasGradients;
  at::Tensor m_words;   // [vocabulary, width]
  at::Tensor m_places;  // [positions, width], the embedding of token type 0 added
  LayerNormWeights m_embeddingNorm;
  std::vector<TransformerBlock> m_blocks;
};

}  // namespace twofold::models
