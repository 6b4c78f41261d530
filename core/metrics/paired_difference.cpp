#include "core/metrics/paired_difference.h"

#include <fmt/format.h>

#include <vector>

#include "core/base/error.h"
#include "core/metrics/bootstrap.h"

namespace twofold::metrics {

std::map<std::string, Difference> pairedDifferences(const ScoredPairs& pairs, double threshold,
                                                    const PairedScores& second,
                                                    const BootstrapOptions& bootstrap) {
  if (second.probabilities.size() != pairs.probabilities.size()) {
    throw Error(ErrorKind::Internal,
                fmt::format("{} probabilities beside {} cannot be compared",
                            second.probabilities.size(), pairs.probabilities.size()));
  }
  ScoredPairs others = pairs;
  others.probabilities = second.probabilities;
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
  std::map<std::string, Difference> differences;
  for (std::size_t m = 0; m < catalog.size(); ++m) {
    differences[catalog[m].id] = {after[m] - before[m], percentileInterval(std::move(drawn[m]))};
  }
  return differences;
}

}  // namespace twofold::metrics
