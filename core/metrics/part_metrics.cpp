#include "core/metrics/part_metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/metrics/bootstrap.h"
#include "core/metrics/confusion.h"
#include "core/metrics/ranking.h"

namespace twofold::metrics {

namespace {

bool anyNaN(std::span<const float> values) {
  return std::any_of(values.begin(), values.end(), [](float v) { return std::isnan(v); });
}

void addIntervals(PartMetrics& result, WeightedMeter& meter, const BootstrapOptions& options) {
  const auto& catalog = metricCatalog();
  std::vector<std::vector<double>> drawn(catalog.size());
  for (int i = 0; i < options.resamples; ++i) {
    Random random = resampleStream(options, i);
    const MetricValues values = meter.measureResample(random);
    for (std::size_t m = 0; m < catalog.size(); ++m) {
      drawn[m].push_back(values[m]);
    }
  }
  for (std::size_t m = 0; m < catalog.size(); ++m) {
    if (catalog[m].id == "ece") {
      // Drawing pairs twice makes gaps between probability and frequency where there were none.
      centreOn(result.values.at("ece"), drawn[m]);
      std::for_each(drawn[m].begin(), drawn[m].end(),
                    [](double& error) { error = std::clamp(error, 0.0, 1.0); });
    }
    if (const auto interval = percentileInterval(std::move(drawn[m]))) {
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
  WeightedMeter meter(pairs, threshold);
  const MetricValues values = meter.measure();
  for (std::size_t m = 0; m < values.size(); ++m) {
    result.values[metricCatalog()[m].id] = values[m];
  }
  if (bootstrap.resamples > 0) {
    addIntervals(result, meter, bootstrap);
  }
  return result;
}

double bestThreshold(std::span<const float> probabilities, std::span<const std::int8_t> labels) {
  const auto positives = static_cast<double>(
      std::count_if(labels.begin(), labels.end(), [](std::int8_t label) { return label != 0; }));
  const bool oneClass = positives <= 0 || positives >= static_cast<double>(labels.size());
  if (oneClass || anyNaN(probabilities)) {
    return 0.5;
  }
  const double negatives = static_cast<double>(labels.size()) - positives;
  double best = 0.5;
  double bestMcc = -2;
  for (const CurvePoint& point : rocCurve(probabilities, labels)) {
    const double hits = point.y * positives;
    const double alarms = point.x * negatives;
    const Confusion at{hits, alarms, negatives - alarms, positives - hits};
    if (std::isfinite(point.threshold) && at.mcc() > bestMcc) {
      bestMcc = at.mcc();
      best = point.threshold;
    }
  }
  return best;
}

}  // namespace twofold::metrics
