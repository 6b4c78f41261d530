// One frozen transformer block with the norms before its two halves (ESM-2, Lin et al. 2023).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "models/layers/linear.h"
#include "models/layers/packed_batch.h"

namespace twofold::models {

struct LayerNormWeights {
  at::Tensor weight;  // [width]
  at::Tensor bias;
};

/// (x - mean) / sqrt(variance + epsilon) x weight + bias, over the last dimension.
[[nodiscard]] at::Tensor layerNorm(const at::Tensor& rows, const LayerNormWeights& weights,
                                   double epsilon);

class TransformerBlock {
 public:
  struct Parts {
    LayerNormWeights attentionNorm;
    FrozenLinear qkv;  // [3 x width, width]: query, key, value
    FrozenLinear attentionOutput;
    LayerNormWeights feedForwardNorm;
    FrozenLinear up;
    FrozenLinear down;
    std::int64_t heads = 0;
    double epsilon = 1e-5;
  };

  explicit TransformerBlock(Parts parts);

  /// `hidden` [batch.rows(), width], changed in place.
  void apply(at::Tensor& hidden, const PackedBatch& batch) const;

 private:
  Parts m_parts;
};

}  // namespace twofold::models
