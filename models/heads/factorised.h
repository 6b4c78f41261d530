// A head whose first layer splits into one half a protein, so that all pairs of N proteins need N
// first layers and only sums for each pair.
#pragma once

#include <torch/nn/modules/linear.h>

#include <memory>

#include "core/base/descriptor.h"
#include "models/allpairs/factorised_table.h"
#include "models/learning/head.h"
#include "models/learning/row_noise.h"

namespace twofold::models {

/// With u a protein's vector:
///   logit(A, B) = w . relu(P u_A + P u_B + b) + sum_k s_k (Q u_A)_k (Q u_B)_k + l . (u_A + u_B) +
///   c
/// Only sums and products of the two proteins' numbers, which commute in floating point.
class FactorisedHead : public Head {
 public:
  struct Shape {
    std::int64_t width = 0;
    std::int64_t hidden = 0;
    std::int64_t bilinear = 0;
  };
  FactorisedHead(const Shape& shape, Dropout dropout);

  [[nodiscard]] bool takesProteins() const override { return true; }
  /// [2, B, width] -> [B].
  [[nodiscard]] at::Tensor forward(const at::Tensor& fused) override;

  /// w, s and c; no proteins yet.
  [[nodiscard]] FactorisedTable emptyTable() const;
  /// Appends the first `count` of `vectors` [N, width].
  void addTo(FactorisedTable& table, const at::Tensor& vectors, std::int64_t count);

 private:
  Dropout m_dropout;
  torch::nn::Linear m_hidden;    // P
  at::Tensor m_hiddenBias;       // b
  torch::nn::Linear m_out;       // w and c
  torch::nn::Linear m_bilinear;  // Q
  at::Tensor m_scale;            // s
  torch::nn::Linear m_linear;    // l
};

[[nodiscard]] Descriptor factorisedDescriptor();
[[nodiscard]] std::shared_ptr<Head> makeFactorised(const HeadRequest& request);

}  // namespace twofold::models
