// How far probabilities can be taken at their word.
#pragma once

#include <cstdint>
#include <span>

namespace twofold::metrics {

/// Bins of equal width over [0, 1]; a probability on an edge belongs to the upper bin, 1 to the
/// last.
inline constexpr int kCalibrationBins = 15;

[[nodiscard]] int calibrationBin(float probability) noexcept;

/// Squared error of one probability (Brier 1950).
[[nodiscard]] double squaredError(float probability, std::int8_t label) noexcept;

/// Negative log likelihood of one label; the probability is kept one float epsilon (1.19e-7) away
/// from 0 and 1, as scikit-learn's log_loss does for single precision.
[[nodiscard]] double logLoss(float probability, std::int8_t label) noexcept;

/// Means over all pairs; NaN without pairs.
[[nodiscard]] double brier(std::span<const float> probabilities,
                           std::span<const std::int8_t> labels);
[[nodiscard]] double logLoss(std::span<const float> probabilities,
                             std::span<const std::int8_t> labels);

/// Expected calibration error of the positive class (Guo et al. 2017): the mean over
/// kCalibrationBins of |share of positives - mean probability|, weighted by the bins' sizes.
[[nodiscard]] double expectedCalibrationError(std::span<const float> probabilities,
                                              std::span<const std::int8_t> labels);

}  // namespace twofold::metrics
