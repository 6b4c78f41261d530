// Two models on the same pairs: by how much one is better, and how sure that is.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "core/metrics/part_metrics.h"

namespace twofold::metrics {

/// What one model said about the pairs, with the threshold that was chosen for it.
struct PairedScores {
  std::span<const float> probabilities;
  double threshold = 0.5;
};

struct Difference {
  double value = 0;  // the second model's metric minus the first's; NaN where undefined
  std::optional<Interval> interval;  // 95 %; where it leaves out 0, the difference is no accident
};

/// By metric id. Both models are measured on the same resamples of proteins (paired bootstrap), so
/// what makes a resample easy or hard for both does not widen the interval. `pairs` holds the first
/// model's probabilities. Every value is NaN when one of the models has no number somewhere. Throws
/// Error(Internal) when the lengths differ.
[[nodiscard]] std::map<std::string, Difference> pairedDifferences(
    const ScoredPairs& pairs, double threshold, const PairedScores& second,
    const BootstrapOptions& bootstrap);

}  // namespace twofold::metrics
