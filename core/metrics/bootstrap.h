// All metrics of one part under pair weights: sorted once, one pass for each set of weights.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/progress.h"
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

/// How often each protein is drawn in one resample.
void drawMultiplicities(const BootstrapOptions& options, int resample,
                        std::span<std::uint32_t> multiplicity);

/// False for no pairs and for a probability that is NaN. Throws Error(Internal) for spans of
/// different lengths.
[[nodiscard]] bool canBeMeasured(const ScoredPairs& pairs);

/// The proteins of some pairs, numbered without gaps in ascending order.
struct DenseProteins {
  explicit DenseProteins(const ScoredPairs& pairs);

  std::size_t count = 0;
  std::vector<std::uint32_t> a;  // of each pair
  std::vector<std::uint32_t> b;
};

class WeightedMeter {
 public:
  /// `pairs` can be measured: probabilities are sorted.
  WeightedMeter(const ScoredPairs& pairs, const DenseProteins& proteins, double threshold);

  /// Every pair counts once.
  [[nodiscard]] MetricValues measure() const;
  /// A pair counts as often as the product of its proteins' multiplicities says. `weights` is room
  /// to work in.
  [[nodiscard]] MetricValues measure(std::span<const std::uint32_t> multiplicity,
                                     std::vector<double>& weights) const;

 private:
  struct Errors;
  struct Ranking;
  [[nodiscard]] Errors errors(const std::vector<double>& weights) const;
  [[nodiscard]] Ranking ranking(const std::vector<double>& weights) const;
  [[nodiscard]] MetricValues measureWeighted(const std::vector<double>& weights) const;

  // Of each pair, highest probability first.
  std::vector<std::uint32_t> m_a;
  std::vector<std::uint32_t> m_b;
  std::vector<double> m_label;
  std::vector<double> m_squaredError;
  std::vector<double> m_loss;
  std::vector<double> m_gap;  // label minus probability

  std::vector<std::uint32_t> m_tieEnds;  // past the last of each run of equal probabilities
  std::vector<std::uint32_t> m_binEnds;  // past the last of each calibration bin
  std::size_t m_calledTies = 0;          // runs at or above the threshold
  bool m_hasThreshold = true;
  bool m_areProbabilities = true;
};

/// values[model][resample]: every meter on the same resamples of `proteins` proteins, drawn with
/// replacement. `progress` hears of each resample, from one thread at a time.
[[nodiscard]] std::vector<std::vector<MetricValues>> measureResamples(
    std::span<const WeightedMeter> meters, std::size_t proteins, const BootstrapOptions& options,
    const ProgressSink& progress = {});

}  // namespace twofold::metrics
