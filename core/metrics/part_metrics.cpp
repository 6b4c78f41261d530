#include "core/metrics/part_metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/metrics/bootstrap.h"
#include "core/metrics/class_order.h"
#include "core/metrics/threshold_choice.h"

namespace twofold::metrics {

namespace {

void addIntervals(PartMetrics& result, const WeightedMeter& meter, std::size_t proteins,
                  const BootstrapOptions& options) {
  const auto& catalog = metricCatalog();
  const auto resamples = measureResamples({&meter, 1}, proteins, options).front();
  for (std::size_t m = 0; m < catalog.size(); ++m) {
    std::vector<double> drawn;
    for (const MetricValues& values : resamples) {
      drawn.push_back(values[m]);
    }
    if (catalog[m].id == "ece") {
      // Drawing pairs twice makes gaps between probability and frequency where there were none.
      centreOn(result.values.at("ece"), drawn);
      std::for_each(drawn.begin(), drawn.end(),
                    [](double& error) { error = std::clamp(error, 0.0, 1.0); });
    }
    if (const auto interval = percentileInterval(std::move(drawn))) {
      result.intervals[catalog[m].id] = *interval;
    }
  }
}

}  // namespace

bool canBeMeasured(const ScoredPairs& pairs) {
  const std::size_t n = pairs.probabilities.size();
  if (pairs.labels.size() != n || pairs.a.size() != n || pairs.b.size() != n) {
    throw Error(ErrorKind::Internal,
                fmt::format("{} probabilities but {} labels and {} and {} proteins", n,
                            pairs.labels.size(), pairs.a.size(), pairs.b.size()));
  }
  return n > 0 && !anyNaN(pairs.probabilities);
}

PartMetrics measure(const ScoredPairs& pairs, double threshold, const BootstrapOptions& bootstrap) {
  const bool isMeasured = canBeMeasured(pairs);
  PartMetrics result;
  result.n = static_cast<std::int64_t>(pairs.labels.size());
  result.positives = std::count_if(pairs.labels.begin(), pairs.labels.end(),
                                   [](std::int8_t label) { return label != 0; });
  result.threshold = threshold;
  for (const auto& metric : metricCatalog()) {
    result.values[metric.id] = std::numeric_limits<double>::quiet_NaN();
  }
  if (!isMeasured) {
    return result;
  }
  const DenseProteins proteins(pairs);
  const WeightedMeter meter(pairs, proteins, threshold);
  const MetricValues values = meter.measure();
  for (std::size_t m = 0; m < values.size(); ++m) {
    result.values[metricCatalog()[m].id] = values[m];
  }
  if (bootstrap.resamples > 0) {
    addIntervals(result, meter, proteins.count, bootstrap);
  }
  return result;
}

double bestThreshold(std::span<const float> probabilities, std::span<const std::int8_t> labels) {
  return chooseThreshold({}, probabilities, labels).value_or(0.5);
}

}  // namespace twofold::metrics
