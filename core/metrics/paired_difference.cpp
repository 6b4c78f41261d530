#include "core/metrics/paired_difference.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace twofold::metrics {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double twoSided(const std::vector<double>& drawn) {
  const auto all = static_cast<double>(
      std::count_if(drawn.begin(), drawn.end(), [](double d) { return !std::isnan(d); }));
  const auto low = std::count_if(drawn.begin(), drawn.end(), [](double d) { return d <= 0; });
  const auto high = std::count_if(drawn.begin(), drawn.end(), [](double d) { return d >= 0; });
  return std::min(1.0, 2 * (static_cast<double>(std::min(low, high)) + 1) / (all + 1));
}

}  // namespace

PairedBootstrap::PairedBootstrap(const ScoredPairs& pairs, std::span<const PairedScores> models,
                                 const BootstrapOptions& options) {
  MetricValues nothing;
  nothing.fill(kNaN);
  m_values.assign(models.size(), nothing);
  m_drawn.resize(models.size());
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
  auto drawn = measureResamples(meters, proteins.count, options);
  for (std::size_t k = 0; k < places.size(); ++k) {
    m_values[places[k]] = meters[k].measure();
    m_drawn[places[k]] = std::move(drawn[k]);
  }
}

Differences PairedBootstrap::differences(std::size_t first, std::size_t second) const {
  const auto& before = m_drawn[first];
  const auto& after = m_drawn[second];
  const auto& catalog = metricCatalog();
  Differences differences;
  for (std::size_t m = 0; m < catalog.size(); ++m) {
    const double value = m_values[second][m] - m_values[first][m];
    std::vector<double> drawn;
    for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
      drawn.push_back(after[i][m] - before[i][m]);
    }
    if (catalog[m].id == "ece") {
      centreOn(value, drawn);
    }
    const double p = twoSided(drawn);
    const auto interval = percentileInterval(std::move(drawn));
    differences[catalog[m].id] = {value, interval, interval ? p : kNaN};
  }
  return differences;
}

Differences pairedDifferences(const ScoredPairs& pairs, double threshold,
                              const PairedScores& second, const BootstrapOptions& bootstrap) {
  const std::array models = {PairedScores{pairs.probabilities, threshold, pairs.areProbabilities},
                             second};
  return PairedBootstrap(pairs, models, bootstrap).differences(0, 1);
}

}  // namespace twofold::metrics
