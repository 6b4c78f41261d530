#include "core/metrics/paired_difference.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace twofold::metrics {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Resampled unmeasured() {
  Resampled nothing;
  nothing.values.fill(kNaN);
  return nothing;
}

}  // namespace

double twoSidedP(std::span<const double> drawn) {
  const auto all = static_cast<double>(
      std::count_if(drawn.begin(), drawn.end(), [](double d) { return !std::isnan(d); }));
  const auto low = std::count_if(drawn.begin(), drawn.end(), [](double d) { return d <= 0; });
  const auto high = std::count_if(drawn.begin(), drawn.end(), [](double d) { return d >= 0; });
  return std::min(1.0, 2 * (static_cast<double>(std::min(low, high)) + 1) / (all + 1));
}

Resampled resampled(const ScoredPairs& pairs, double threshold, const BootstrapOptions& options) {
  if (!canBeMeasured(pairs)) {
    return unmeasured();
  }
  const DenseProteins proteins(pairs);
  const std::array meters = {WeightedMeter(pairs, proteins, threshold)};
  return {meters.front().measure(),
          std::move(measureResamples(meters, proteins.count, options).front())};
}

Differences meanDifferences(std::span<const std::pair<const Resampled*, const Resampled*>> models) {
  if (models.empty()) {
    return {};
  }
  const auto count = static_cast<double>(models.size());
  std::size_t resamples = std::numeric_limits<std::size_t>::max();
  for (const auto& [first, second] : models) {
    resamples = std::min({resamples, first->drawn.size(), second->drawn.size()});
  }
  const auto& catalog = metricCatalog();
  Differences differences;
  for (std::size_t m = 0; m < catalog.size(); ++m) {
    double value = 0;
    std::vector<double> drawn(resamples, 0);
    for (const auto& [first, second] : models) {
      value += (second->values[m] - first->values[m]) / count;
      for (std::size_t i = 0; i < resamples; ++i) {
        drawn[i] += (second->drawn[i][m] - first->drawn[i][m]) / count;
      }
    }
    if (catalog[m].id == "ece") {
      centreOn(value, drawn);
    }
    const double p = twoSidedP(drawn);
    const auto interval = percentileInterval(std::move(drawn));
    differences[catalog[m].id] = {value, interval, interval ? p : kNaN};
  }
  return differences;
}

PairedBootstrap::PairedBootstrap(const ScoredPairs& pairs, std::span<const PairedScores> models,
                                 const BootstrapOptions& options, const ProgressSink& progress) {
  m_models.assign(models.size(), unmeasured());
  std::vector<ScoredPairs> measured;
  std::vector<std::size_t> places;
  for (std::size_t m = 0; m < models.size(); ++m) {
    ScoredPairs own = pairs;
    own.probabilities = models[m].probabilities;
    own.areProbabilities = models[m].areProbabilities;
    if (canBeMeasured(own)) {
      measured.push_back(own);
      places.push_back(m);
    }
  }
  const DenseProteins proteins(pairs);
  std::vector<WeightedMeter> meters;
  for (std::size_t k = 0; k < measured.size(); ++k) {
    meters.emplace_back(measured[k], proteins, models[places[k]].threshold);
  }
  auto drawn = measureResamples(meters, proteins.count, options, progress);
  for (std::size_t k = 0; k < places.size(); ++k) {
    m_models[places[k]] = {meters[k].measure(), std::move(drawn[k])};
  }
}

Differences PairedBootstrap::differences(std::size_t first, std::size_t second) const {
  const std::array models = {std::pair(&m_models[first], &m_models[second])};
  return meanDifferences(models);
}

Differences pairedDifferences(const ScoredPairs& pairs, double threshold,
                              const PairedScores& second, const BootstrapOptions& bootstrap) {
  const std::array models = {PairedScores{pairs.probabilities, threshold, pairs.areProbabilities},
                             second};
  return PairedBootstrap(pairs, models, bootstrap).differences(0, 1);
}

}  // namespace twofold::metrics
