#include "core/metrics/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace twofold::metrics {

namespace {

template <class ErrorOfOne>
double meanOver(std::span<const float> probabilities, std::span<const std::int8_t> labels,
                ErrorOfOne error) {
  double sum = 0;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    sum += error(probabilities[i], labels[i]);
  }
  return probabilities.empty() ? std::numeric_limits<double>::quiet_NaN()
                               : sum / static_cast<double>(probabilities.size());
}

}  // namespace

int calibrationBin(float probability) noexcept {
  const double place = static_cast<double>(probability) * kCalibrationBins;
  // Before the cast, which has no result for scores far outside; NaN goes to the first bin.
  return place > 0 ? static_cast<int>(std::min(place, kCalibrationBins - 1.0)) : 0;
}

double squaredError(float probability, std::int8_t label) noexcept {
  const double error = static_cast<double>(probability) - (label != 0 ? 1 : 0);
  return error * error;
}

double logLoss(float probability, std::int8_t label) noexcept {
  constexpr double kEpsilon = std::numeric_limits<float>::epsilon();
  const double p = std::clamp(static_cast<double>(probability), kEpsilon, 1 - kEpsilon);
  return -std::log(label != 0 ? p : 1 - p);
}

double brier(std::span<const float> probabilities, std::span<const std::int8_t> labels) {
  return meanOver(probabilities, labels, squaredError);
}

double logLoss(std::span<const float> probabilities, std::span<const std::int8_t> labels) {
  return meanOver(probabilities, labels,
                  [](float p, std::int8_t label) { return logLoss(p, label); });
}

double expectedCalibrationError(std::span<const float> probabilities,
                                std::span<const std::int8_t> labels) {
  std::array<double, kCalibrationBins> gap{};  // sum of label - probability
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    if (std::isnan(probabilities[i])) {
      return std::numeric_limits<double>::quiet_NaN();
    }
    gap[static_cast<std::size_t>(calibrationBin(probabilities[i]))] +=
        (labels[i] != 0 ? 1.0 : 0.0) - static_cast<double>(probabilities[i]);
  }
  double sum = 0;
  for (const double g : gap) {
    sum += std::abs(g);
  }
  return probabilities.empty() ? std::numeric_limits<double>::quiet_NaN()
                               : sum / static_cast<double>(probabilities.size());
}

}  // namespace twofold::metrics
