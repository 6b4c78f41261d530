// All metrics of one part under pair weights: sorted once, one pass for each set of weights.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/metrics/part_metrics.h"

namespace twofold::metrics {

/// In the order of metricCatalog().
using MetricValues = std::array<double, 10>;

/// The stream of one resample, so that the first 100 are the same whether 100 or 200 are asked for,
/// and the same for every model that is measured on the same pairs.
[[nodiscard]] inline Random resampleStream(const BootstrapOptions& options, int resample) {
  return Random(derivedSeed(options.seed, 2, static_cast<std::uint64_t>(resample)));
}

/// False for no pairs and for a probability that is NaN. Throws Error(Internal) for spans of
/// different lengths.
[[nodiscard]] bool canBeMeasured(const ScoredPairs& pairs);

class WeightedMeter {
 public:
  /// `pairs` can be measured: probabilities are sorted.
  WeightedMeter(const ScoredPairs& pairs, double threshold);

  /// Every pair counts once.
  [[nodiscard]] MetricValues measure();
  /// Proteins drawn with replacement; a pair counts as often as the product of its proteins'
  /// multiplicities says.
  [[nodiscard]] MetricValues measureResample(Random& random);

 private:
  struct SortedPair {
    float probability = 0;
    std::int32_t bin = 0;
    std::uint32_t a = 0;  // dense protein numbers
    std::uint32_t b = 0;
    double squaredError = 0;
    double loss = 0;
    bool positive = false;
    bool called = false;
    bool endsTie = false;  // the next probability differs
  };

  MetricValues measureWeighted() const;

  std::vector<SortedPair> m_pairs;  // highest probability first
  std::vector<double> m_weights;    // of m_pairs
  std::vector<std::uint32_t> m_multiplicity;
};

}  // namespace twofold::metrics
