// One frozen encoder block: attention and a GELU feed-forward, with norms before (ESM-2, Lin et al.
// 2023) or behind (BERT, Devlin et al. 2019) its two halves.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "models/layers/attention.h"
#include "models/layers/linear.h"
#include "models/layers/norm.h"
#include "models/layers/packed_batch.h"

namespace twofold::models {

enum class NormPlace { Before, Behind };

class TransformerBlock {
 public:
  struct Parts {
    LayerNormWeights attentionNorm;
    FrozenLinear qkv;  // [qkvWidth, width]: query, key, value
    FrozenLinear attentionOutput;
    LayerNormWeights feedForwardNorm;
    FrozenLinear up;
    FrozenLinear down;
    AttentionShape shape;
    double epsilon = 1e-5;
    NormPlace norms = NormPlace::Before;
  };

  explicit TransformerBlock(Parts parts);

  /// `hidden` [batch.rows(), width], changed in place.
  void apply(at::Tensor& hidden, const PackedBatch& batch) const;

 private:
  [[nodiscard]] at::Tensor attended(const at::Tensor& rows, const PackedBatch& batch) const;

  Parts m_parts;
};

}  // namespace twofold::models
