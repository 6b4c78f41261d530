// A threshold chosen for an aim, on validation pairs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace twofold::metrics {

struct ThresholdAim {
  enum class Kind { BestMcc, BestF1, Precision, Cost };

  Kind kind = Kind::BestMcc;
  double precision = 0.9;    // Precision: at least this
  double falsePositive = 1;  // Cost: what one pair called wrongly costs
  double falseNegative = 1;  // Cost: what one interaction missed costs
};

/// "mcc", "f1", "precision=0.9", "cost=5:1" (a false positive costs five times a false negative).
/// Throws Error(Usage) saying what may be written.
[[nodiscard]] ThresholdAim thresholdAimFromText(std::string_view text);
[[nodiscard]] std::string toText(const ThresholdAim& aim);

/// The score from which on pairs are called positive: the highest with the best MCC, the best F1 or
/// the least cost (above every score where calling nothing is cheapest), or the lowest that reaches
/// the precision, which keeps most recall. Nothing with one class only, for a score that is NaN,
/// and when no threshold reaches the precision.
[[nodiscard]] std::optional<double> chooseThreshold(const ThresholdAim& aim,
                                                    std::span<const float> scores,
                                                    std::span<const std::int8_t> labels);

/// The same of validation pairs. Throws Error(Usage) where there is nothing to choose.
[[nodiscard]] double thresholdOnValidation(const ThresholdAim& aim, std::span<const float> scores,
                                           std::span<const std::int8_t> labels);

}  // namespace twofold::metrics
