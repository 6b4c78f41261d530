// Models on the same pairs: by how much one is better than another, and how sure that is.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/metrics/bootstrap.h"
#include "core/metrics/part_metrics.h"

namespace twofold::metrics {

/// What one model said about the pairs, with the threshold that was chosen for it.
struct PairedScores {
  std::span<const float> probabilities;
  double threshold = 0.5;
  bool areProbabilities = true;
};

struct Difference {
  double value = 0;  // the second model's metric minus the first's; NaN where undefined
  std::optional<Interval> interval;  // 95 %; where it leaves out 0, the difference is no accident
  double p = 1;                      // two-sided; NaN without an interval
};

/// By metric id.
using Differences = std::map<std::string, Difference>;

/// One model on resamples of proteins, the same for all that are measured on the same pairs with
/// the same options.
struct Resampled {
  MetricValues values;              // NaN where it cannot be measured
  std::vector<MetricValues> drawn;  // one a resample; none where it cannot be measured
};

/// Throws Error(Internal) when lengths differ; StopRequested.
[[nodiscard]] Resampled resampled(const ScoredPairs& pairs, double threshold,
                                  const BootstrapOptions& options);

/// What the second model of each pair has more than the first, mean over the pairs of models: of
/// two recipes under several seeds, the seeds. The mean is taken within each resample, so that
/// interval and p are those of the mean. Empty for no pair of models.
[[nodiscard]] Differences meanDifferences(
    std::span<const std::pair<const Resampled*, const Resampled*>> models);

/// Of resampled differences: twice the smaller share of them on either side of 0, each share
/// counting the value itself as one more resample (Davison and Hinkley 1997, equation 4.11): never
/// below 2 / (resamples + 1). NaN is left out.
[[nodiscard]] double twoSidedP(std::span<const double> drawn);

/// All models are measured on the same resamples of proteins (paired bootstrap), so what makes a
/// resample easy or hard for all does not widen an interval. A p is twoSidedP().
class PairedBootstrap {
 public:
  /// The probabilities in `pairs` are not looked at. Throws Error(Internal) when lengths differ.
  PairedBootstrap(const ScoredPairs& pairs, std::span<const PairedScores> models,
                  const BootstrapOptions& options, const ProgressSink& progress = {});

  /// What model `second` has more than model `first`; every value is NaN when one of them has no
  /// number for some pair.
  [[nodiscard]] Differences differences(std::size_t first, std::size_t second) const;

 private:
  std::vector<Resampled> m_models;
};

/// The same for two models; `pairs` holds the first one's probabilities.
[[nodiscard]] Differences pairedDifferences(const ScoredPairs& pairs, double threshold,
                                            const PairedScores& second,
                                            const BootstrapOptions& bootstrap);

}  // namespace twofold::metrics
