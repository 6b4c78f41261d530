// Self-attention with rotary positions for training on the CPU: sequences of one length, no masks.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "models/layers/rotary.h"

namespace twofold::models {

struct EqualRows {
  std::int64_t rows = 0;    // sequences
  std::int64_t length = 0;  // tokens of each
  std::int64_t heads = 0;
};

/// `qkv` [rows x length, 3 x width] (query, key, value; heads side by side), float32 or bfloat16,
/// on the CPU; `table` at least `length` positions. The result is [rows x length, width], of the
/// same type, with a gradient. torch's fused kernel needs twice as long for forward and backward at
/// 256 tokens: it computes the probabilities again.
[[nodiscard]] at::Tensor rotaryAttention(const at::Tensor& qkv, const EqualRows& shape,
                                         const RotaryTable& table);

}  // namespace twofold::models
