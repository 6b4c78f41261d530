// What a threshold makes of a part: counts and rates, here and where interactions are rarer.
#pragma once

#include <optional>

#include "core/errors/part_scores.h"
#include "core/metrics/group_counts.h"
#include "core/metrics/selective.h"
#include "core/metrics/threshold_choice.h"

namespace twofold::errors {

using metrics::Estimate;

/// As many as the window and the command line take alike, so that their intervals are the same.
inline constexpr int kResamples = 1000;

struct Rates {
  Estimate accuracy;
  Estimate precision;
  Estimate recall;
  Estimate f1;
  Estimate mcc;
};

struct OperatingPoint {
  double threshold = 0.5;
  metrics::Confusion counts;
  Rates here;             // at the part's own prevalence
  double prevalence = 0;  // the other one
  Rates there;            // at that one; undefined where it was asked for of one class only
};

/// The share of positives among the part's pairs; NaN without pairs.
[[nodiscard]] double prevalenceOf(const PartScores& part);

/// Rates at the part's own prevalence and at `prevalence` (nothing: the part's own). The intervals
/// draw proteins. Throws Error(Usage) for a threshold that is NaN, StopRequested.
[[nodiscard]] OperatingPoint operatingPoint(const PartScores& part, double threshold,
                                            std::optional<double> prevalence,
                                            const metrics::BootstrapOptions& bootstrap);

/// The threshold that reaches the aim on the validation pairs of the run. Throws Error(Usage) when
/// the run has no scores of them, and when no threshold does.
[[nodiscard]] double thresholdForAim(store::Database& database, const std::string& run,
                                     const metrics::ThresholdAim& aim);

/// Coverage against accuracy at a threshold.
[[nodiscard]] metrics::SelectiveCurve selectiveOf(const PartScores& part, double threshold);

}  // namespace twofold::errors
