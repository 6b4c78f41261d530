#include "models/contacts/interaction_module.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

namespace twofold::models {

namespace {

/// exp(-lambda d^2) with d from the chain's middle, 0 there and below 1 at its ends.
at::Tensor positionWeights(std::int64_t residues, const at::Tensor& lambda) {
  const double middle = (static_cast<double>(residues) + 1) / 2;
  const at::Tensor away = (at::arange(1, residues + 1, at::kFloat) - middle) / middle;
  return (-lambda * away.square()).exp();
}

}  // namespace

/// theta 1 and lambda 0, the published start, is a point without a gradient for either.
InteractionModule::InteractionModule(std::int64_t pool) : m_pool(pool) {
  m_weights = {{"interaction.theta", at::full({1}, 0.5)},
               {"interaction.lambda", at::full({1}, 1.0)},
               {"interaction.gamma", at::zeros({1})},
               {"interaction.middle", at::full({1}, 0.5)}};
  for (auto& [name, weight] : m_weights) {
    weight.requires_grad_(true);
  }
}

at::Tensor InteractionModule::strength(const at::Tensor& map) const {
  const at::Tensor& theta = m_weights.at("interaction.theta");
  const at::Tensor& lambda = m_weights.at("interaction.lambda");
  const at::Tensor near =
      at::outer(positionWeights(map.size(0), lambda), positionWeights(map.size(1), lambda));
  at::Tensor weighted = map * ((1 - theta) * near + theta);
  if (m_pool > 1) {
    // With the last window even where it is not full, so that no residue falls off the end.
    weighted =
        at::max_pool2d(weighted.unsqueeze(0).unsqueeze(0), {m_pool, m_pool}, {m_pool, m_pool},
                       {m_pool / 2, m_pool / 2}, {1, 1}, /*ceil_mode=*/true);
  }
  // The variance of the values at hand, which a single one has too.
  const at::Tensor level =
      weighted.mean() + m_weights.at("interaction.gamma") * weighted.var(/*unbiased=*/false);
  const at::Tensor above = at::relu(weighted - level);
  return above.sum() / (above.sign().sum() + 1);
}

at::Tensor InteractionModule::logit(const at::Tensor& map) const {
  return (kSlope * (strength(map) - m_weights.at("interaction.middle"))).squeeze();
}

void InteractionModule::clamp() {
  const c10::NoGradGuard noGradients;
  m_weights.at("interaction.theta").clamp_(0, 1);
  m_weights.at("interaction.lambda").clamp_min_(0);
  m_weights.at("interaction.gamma").clamp_min_(0);
}

}  // namespace twofold::models
