#include "models/finetuning/tuning_head.h"

#include <ATen/ATen.h>

#include <cmath>

#include "models/backbones/weight_source.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kHidden = 128;

at::Tensor normalised(const at::Tensor& rows) {
  return at::layer_norm(rows, {rows.size(-1)});
}

}  // namespace

TuningHead::TuningHead(std::int64_t width, std::uint64_t seed) {
  const RandomWeights random(seed);
  const auto matrix = [&](const char* name, std::int64_t out, std::int64_t in) {
    return random.normal(name, {out, in}, 1 / std::sqrt(static_cast<double>(in)));
  };
  m_weights = {{"hidden.weight", matrix("hidden", kHidden, 3 * width)},
               {"hidden.bias", at::zeros({kHidden})},
               {"last.weight", matrix("last", 1, kHidden)},
               {"last.bias", at::zeros({1})}};
  for (auto& [name, weight] : m_weights) {
    weight.requires_grad_(true);
  }
}

void TuningHead::to(at::Device device) {
  for (auto& [name, weight] : m_weights) {
    weight = weight.detach().to(device).requires_grad_(true);
  }
}

at::Tensor TuningHead::logits(const at::Tensor& u, const at::Tensor& v) const {
  const at::Tensor input =
      at::cat({normalised(u + v), normalised(u * v), normalised((u - v).abs())}, 1);
  const at::Tensor hidden =
      at::gelu(at::linear(input, m_weights.at("hidden.weight"), m_weights.at("hidden.bias")));
  return at::linear(hidden, m_weights.at("last.weight"), m_weights.at("last.bias")).squeeze(1);
}

}  // namespace twofold::models
