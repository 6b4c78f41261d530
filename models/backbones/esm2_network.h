// The ESM-2 network (Lin et al. 2023) for inference, as Hugging Face's EsmModel computes it.
#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "models/backbones/esm2_config.h"
#include "models/backbones/weight_source.h"
#include "models/layers/transformer_block.h"

namespace twofold::models {

class Esm2Network {
 public:
  /// `options`: device and type (float32 or bfloat16) of the arithmetic. Throws Error(BadInput)
  /// when a weight is missing or of another shape.
  Esm2Network(const Esm2Config& config, WeightSource& weights, const at::TensorOptions& options);

  /// Residue embeddings after the last norm, [sum of (length + 2), width] of the network's type on
  /// its device; the rows of a protein are <cls>, its residues, <eos>, proteins in order. Near
  /// lengths should be beside each other. Looks at `stop` between layers; throws StopRequested.
  [[nodiscard]] at::Tensor forward(std::span<const std::string_view> proteins,
                                   const std::stop_token& stop) const;

 private:
  Esm2Config m_config;
  at::Tensor m_tokens;       // [vocabulary, width]
  at::Tensor m_frequencies;  // [headWidth / 2] float32
  std::vector<TransformerBlock> m_blocks;
  LayerNormWeights m_lastNorm;
};

/// True for tensors that a published ESM-2 folder holds and embeddings do not need: the heads for
/// language and contacts, the pooler, unused positions, and each layer's copy of the frequencies.
[[nodiscard]] bool isUnusedByEsm2(const std::string& name);

}  // namespace twofold::models
