#include "core/metrics/paired_difference.h"

#include <limits>
#include <vector>

#include "core/metrics/bootstrap.h"

namespace twofold::metrics {

std::map<std::string, Difference> pairedDifferences(const ScoredPairs& pairs, double threshold,
                                                    const PairedScores& second,
                                                    const BootstrapOptions& bootstrap) {
  ScoredPairs others = pairs;
  others.probabilities = second.probabilities;
  std::map<std::string, Difference> differences;
  if (!canBeMeasured(pairs) || !canBeMeasured(others)) {
    for (const auto& metric : metricCatalog()) {
      differences[metric.id].value = std::numeric_limits<double>::quiet_NaN();
    }
    return differences;
  }
  WeightedMeter first(pairs, threshold);
  WeightedMeter other(others, second.threshold);
  const auto& catalog = metricCatalog();
  std::vector<std::vector<double>> drawn(catalog.size());
  for (int i = 0; i < bootstrap.resamples; ++i) {
    Random random = resampleStream(bootstrap, i);
    Random same = random;
    const MetricValues before = first.measureResample(random);
    const MetricValues after = other.measureResample(same);
    for (std::size_t m = 0; m < catalog.size(); ++m) {
      drawn[m].push_back(after[m] - before[m]);
    }
  }
  const MetricValues before = first.measure();
  const MetricValues after = other.measure();
  for (std::size_t m = 0; m < catalog.size(); ++m) {
    const double value = after[m] - before[m];
    if (catalog[m].id == "ece") {
      centreOn(value, drawn[m]);
    }
    differences[catalog[m].id] = {value, percentileInterval(std::move(drawn[m]))};
  }
  return differences;
}

}  // namespace twofold::metrics
