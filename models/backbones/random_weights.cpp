#include <ATen/ATen.h>

#include "core/base/random.h"
#include "models/backbones/weight_source.h"

namespace twofold::models {

namespace {

constexpr double kDeviation = 0.02;

/// FNV-1a; std::hash differs between standard libraries.
std::uint64_t nameHash(std::string_view name) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char letter : name) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3ULL;
  }
  return hash;
}

void fillNormal(std::span<float> values, double deviation, Random& random) {
  for (std::size_t i = 0; i < values.size(); i += 2) {
    const auto [first, second] = random.normals();
    values[i] = static_cast<float>(deviation * first);
    if (i + 1 < values.size()) {
      values[i + 1] = static_cast<float>(deviation * second);
    }
  }
}

}  // namespace

at::Tensor RandomWeights::take(const std::string& name, at::IntArrayRef shape) {
  if (name.ends_with(".bias")) {
    return at::zeros(shape);
  }
  if (name.ends_with("LayerNorm.weight") || name.ends_with("layer_norm_after.weight")) {
    return at::ones(shape);
  }
  return normal(name, shape, kDeviation);
}

at::Tensor RandomWeights::normal(const std::string& name, at::IntArrayRef shape,
                                 double deviation) const {
  at::Tensor weight = at::empty(shape);
  Random random(derivedSeed(m_seed, nameHash(name)));
  fillNormal({weight.mutable_data_ptr<float>(), static_cast<std::size_t>(weight.numel())},
             deviation, random);
  return weight;
}

std::optional<at::Tensor> RandomWeights::takeIfPresent(const std::string& /*name*/,
                                                       at::IntArrayRef /*shape*/) {
  return std::nullopt;
}

}  // namespace twofold::models
