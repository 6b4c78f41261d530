// Self-attention with rotary positions over a packed batch: each protein sees only itself.
#pragma once

#include <ATen/core/Tensor.h>

#include "models/layers/packed_batch.h"

namespace twofold::models {

/// softmax(rot(q) rot(k)^T / sqrt(headWidth)) v for `qkv` [rows, 3, heads, headWidth], dense,
/// float32 or bfloat16; the result is [rows, heads x headWidth] of the same type. Takes the kernel
/// of attention_avx512.h where it fits, torch's own attention elsewhere. No gradients.
[[nodiscard]] at::Tensor rotaryAttention(const at::Tensor& qkv, const PackedBatch& batch);

/// The two ways of it, for tests that compare them.
[[nodiscard]] bool hasFusedAttention(const at::Tensor& qkv);
[[nodiscard]] at::Tensor fusedRotaryAttention(const at::Tensor& qkv, const PackedBatch& batch);
[[nodiscard]] at::Tensor torchRotaryAttention(const at::Tensor& qkv, const PackedBatch& batch);

}  // namespace twofold::models
