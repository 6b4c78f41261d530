#include "models/layers/norm.h"

#include <ATen/ATen.h>

namespace twofold::models {

at::Tensor layerNorm(const at::Tensor& rows, const LayerNormWeights& weights, double epsilon) {
  return at::layer_norm(rows, {rows.size(-1)}, weights.weight, weights.bias, epsilon);
}

at::Tensor rmsNorm(const at::Tensor& rows, const at::Tensor& weight, double epsilon) {
  const at::Tensor wide = rows.to(at::kFloat);
  const at::Tensor scaled = wide * wide.square().mean(-1, true).add_(epsilon).rsqrt_();
  return scaled.to(rows.scalar_type()) * weight;
}

}  // namespace twofold::models
