// From a contact map to one probability that the two proteins interact.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>

namespace twofold::models {

/// D-SCRIPT's interaction module: a gaussian weight of positions, maximum pooling, what stands out
/// above mean + gamma variance, its mean, and a logistic curve of slope 20 with a learned middle.
class InteractionModule {
 public:
  static constexpr double kSlope = 20;

  /// `pool` residues a side, odd; 1: none.
  explicit InteractionModule(std::int64_t pool);

  /// theta, lambda, gamma and middle, one number each.
  [[nodiscard]] std::map<std::string, at::Tensor>& weights() { return m_weights; }
  [[nodiscard]] const std::map<std::string, at::Tensor>& weights() const { return m_weights; }

  /// map [residues, residues] of probabilities -> the mean of what stands out, [].
  [[nodiscard]] at::Tensor strength(const at::Tensor& map) const;
  /// The logit: 20 (strength - middle), [].
  [[nodiscard]] at::Tensor logit(const at::Tensor& map) const;
  /// After an optimiser's step: theta into [0, 1], lambda and gamma to at least 0.
  void clamp();

 private:
  std::int64_t m_pool;
  std::map<std::string, at::Tensor> m_weights;
};

}  // namespace twofold::models
