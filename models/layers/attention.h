// Attention of packed sequences, each within itself, with the positions of its batch.
#pragma once

#include <ATen/core/Tensor.h>

#include "models/layers/packed_batch.h"

namespace twofold::models {

struct AttentionShape {
  std::int64_t heads = 0;
  std::int64_t keyHeads = 0;  // divides heads; fewer: grouped-query attention (Ainslie et al. 2023)
  std::int64_t headWidth = 0;
  bool isCausal = false;  // a row looks at itself and the rows before it

  /// Of a row that holds queries, keys and values.
  [[nodiscard]] std::int64_t qkvWidth() const { return (heads + 2 * keyHeads) * headWidth; }
};

/// softmax(rot(q) rot(k)^T / sqrt(headWidth)) v for `qkv` [rows, qkvWidth], dense, float32 or
/// bfloat16; rot is the identity where the batch has no rotary table. The result is
/// [rows, heads x headWidth] of the same type. Takes the kernel of attention_avx512.h where it
/// fits, torch's own attention elsewhere and while gradients are enabled.
[[nodiscard]] at::Tensor attention(const at::Tensor& qkv, const AttentionShape& shape,
                                   const PackedBatch& batch);

/// The two ways of it, for tests that compare them.
[[nodiscard]] bool hasFusedAttention(const at::Tensor& qkv, const AttentionShape& shape);
[[nodiscard]] at::Tensor fusedAttention(const at::Tensor& qkv, const AttentionShape& shape,
                                        const PackedBatch& batch);
[[nodiscard]] at::Tensor torchAttention(const at::Tensor& qkv, const AttentionShape& shape,
                                        const PackedBatch& batch);

}  // namespace twofold::models
