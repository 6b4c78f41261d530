// Turns a model's logits into probabilities that can be taken at their word.
#pragma once

#include <cstdint>
#include <span>

namespace twofold::metrics {

/// probability = sigmoid(slope * logit + offset); a positive slope, so the order of pairs stays.
struct LogitScale {
  double slope = 1;
  double offset = 0;

  [[nodiscard]] double probability(double logit) const noexcept;

  friend bool operator==(const LogitScale&, const LogitScale&) = default;
};

/// The scale with the best likelihood (Platt 1999, with his targets for few pairs; the iteration of
/// Lin, Lin and Weng 2007). `logits` before scaling, `labels` 0 or 1. Where the best slope
/// would turn the order round, and where there is one class only, the identity.
[[nodiscard]] LogitScale plattScaling(std::span<const float> logits,
                                      std::span<const std::int8_t> labels);

/// The same with the offset kept at 0: one temperature, 1 / slope, that makes a model less certain
/// or more (Guo et al. 2017), with Platt's targets, which keep it finite where classes are apart.
[[nodiscard]] LogitScale temperatureScaling(std::span<const float> logits,
                                            std::span<const std::int8_t> labels);

}  // namespace twofold::metrics
