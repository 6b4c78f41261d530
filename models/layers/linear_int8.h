// A linear layer in int8 for the CPU: weights rounded once with one scale an output, each row of
// activations rounded as it comes (W8A8), sums exact.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace twofold::models {

/// Cheap to copy: copies share the weights.
class Int8Linear {
 public:
  /// `weight` [out, in] and `bias` [out] in any float type; an undefined bias is none. Throws
  /// Error(BadInput) for weights that are not finite, Error(Usage) for over 66,000 inputs.
  Int8Linear(const at::Tensor& weight, const at::Tensor& bias);

  enum class Kernel { Fastest, Portable };

  /// [rows, in] -> [rows, out] of the rows' type (float32, bfloat16); `withGelu`: then the exact
  /// GELU. A row with a NaN or an infinity becomes NaN.
  [[nodiscard]] at::Tensor operator()(const at::Tensor& rows, bool withGelu = false,
                                      Kernel kernel = Kernel::Fastest) const;

  /// Whether this processor has the fast kernel; the portable one is far slower than bfloat16.
  [[nodiscard]] static bool isFast();

 private:
  at::Tensor m_panels;  // linear_int8_kernel.h says how they lie
  at::Tensor m_scales;
  at::Tensor m_bias;
  at::Tensor m_sums;
  std::int64_t m_in;
  std::int64_t m_out;
};

}  // namespace twofold::models
