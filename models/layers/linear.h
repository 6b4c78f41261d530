// A linear layer whose weights never change: laid out once for the kernels of its device.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/TensorOptions.h>

#include <optional>

#include "models/layers/linear_int8.h"

namespace twofold::models {

/// How a frozen network computes: device and type (float32, bfloat16, or float16 on a GPU) of its
/// activations, and whether its linear layers multiply in int8 (on the CPU).
struct Arithmetic {
  at::TensorOptions options;
  bool int8 = false;
  bool hasGradients = false;  // for training: nothing is laid out, fused or changed in place
};

/// y = x W^T + b. On the CPU the weight is reordered once for oneDNN, which is about twice as fast
/// as the plain layer in float32 (measured on AMD, where MKL is slow) and 6-25 % in bfloat16.
class FrozenLinear {
 public:
  /// `weight` [out, in] and `bias` [out] in any float type; an undefined bias is none.
  FrozenLinear(const at::Tensor& weight, const at::Tensor& bias, const Arithmetic& arithmetic);

  /// [rows, in] -> [rows, out]
  [[nodiscard]] at::Tensor operator()(const at::Tensor& rows) const;
  /// The same, then the exact (erf) GELU.
  [[nodiscard]] at::Tensor gelu(const at::Tensor& rows) const;

 private:
  std::optional<Int8Linear> m_int8;  // instead of the rest
  at::Tensor m_weight;
  at::Tensor m_bias;
  bool m_reordered = false;
};

}  // namespace twofold::models
