// What the factorised head has made of each protein: all that a pair's logit needs.
// Plain numbers, torch-free.
#pragma once

#include <cstddef>
#include <vector>

namespace twofold::models {

/// logit(A, B) = sum_h hiddenWeights_h max(hidden_Ah + hidden_Bh, 0)
///             + sum_k bilinearWeights_k bilinear_Ak bilinear_Bk + linear_A + linear_B + bias
struct FactorisedTable {
  std::vector<float> hiddenWeights;    // [hidden]
  std::vector<float> bilinearWeights;  // [bilinear]
  float bias = 0;

  std::vector<float> hidden;    // [proteins, hidden], row-major
  std::vector<float> bilinear;  // [proteins, bilinear], row-major
  std::vector<float> linear;    // [proteins]

  [[nodiscard]] std::size_t proteins() const { return linear.size(); }
};

}  // namespace twofold::models
