// Norms over the last dimension, with weights that never change.
#pragma once

#include <ATen/core/Tensor.h>

namespace twofold::models {

struct LayerNormWeights {
  at::Tensor weight;  // [width]
  at::Tensor bias;
};

/// (x - mean) / sqrt(variance + epsilon) x weight + bias.
[[nodiscard]] at::Tensor layerNorm(const at::Tensor& rows, const LayerNormWeights& weights,
                                   double epsilon);

/// x / sqrt(mean(x^2) + epsilon) x weight (Zhang and Sennrich 2019), in float32.
[[nodiscard]] at::Tensor rmsNorm(const at::Tensor& rows, const at::Tensor& weight, double epsilon);

}  // namespace twofold::models
