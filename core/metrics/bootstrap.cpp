#include "core/metrics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/metrics/calibration.h"
#include "core/metrics/confusion.h"

namespace twofold::metrics {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// The proteins in `pairs`, ascending.
std::vector<std::int64_t> distinctProteins(const ScoredPairs& pairs) {
  std::vector<std::int64_t> proteins(pairs.a.begin(), pairs.a.end());
  proteins.insert(proteins.end(), pairs.b.begin(), pairs.b.end());
  std::sort(proteins.begin(), proteins.end());
  proteins.erase(std::unique(proteins.begin(), proteins.end()), proteins.end());
  return proteins;
}

std::uint32_t numberOf(const std::vector<std::int64_t>& proteins, std::int64_t protein) {
  const auto at = std::lower_bound(proteins.begin(), proteins.end(), protein);
  return static_cast<std::uint32_t>(at - proteins.begin());
}

/// Sums gathered in one pass from the highest probability down.
struct Sums {
  Confusion confusion;
  double positives = 0;
  double negatives = 0;
  double rocArea = 0;        // times positives times negatives
  double precisionArea = 0;  // times positives
  double squaredError = 0;
  double loss = 0;
  std::array<double, kCalibrationBins> gap{};

  MetricValues values() const {
    const double n = positives + negatives;
    double gaps = 0;
    for (const double g : gap) {
      gaps += std::abs(g);
    }
    const double mean = n > 0 ? 1 / n : kNaN;
    return {confusion.accuracy(),
            confusion.precision(),
            confusion.recall(),
            confusion.f1(),
            confusion.mcc(),
            positives > 0 && negatives > 0 ? rocArea / (positives * negatives) : kNaN,
            positives > 0 ? precisionArea / positives : kNaN,
            squaredError * mean,
            gaps * mean,
            loss * mean};
  }
};

}  // namespace

WeightedMeter::WeightedMeter(const ScoredPairs& pairs, double threshold)
    : m_pairs(pairs.probabilities.size()), m_weights(pairs.probabilities.size(), 1.0) {
  const auto proteins = distinctProteins(pairs);
  m_multiplicity.assign(proteins.size(), 1);
  std::vector<std::uint32_t> order(m_pairs.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t i, std::uint32_t j) {
    return pairs.probabilities[i] > pairs.probabilities[j];
  });
  for (std::size_t k = 0; k < order.size(); ++k) {
    const std::uint32_t i = order[k];
    const float p = pairs.probabilities[i];
    m_pairs[k] = {p,
                  calibrationBin(p),
                  numberOf(proteins, pairs.a[i]),
                  numberOf(proteins, pairs.b[i]),
                  squaredError(p, pairs.labels[i]),
                  logLoss(p, pairs.labels[i]),
                  pairs.labels[i] != 0,
                  static_cast<double>(p) >= threshold,
                  k + 1 == order.size() || pairs.probabilities[order[k + 1]] != p};
  }
}

MetricValues WeightedMeter::measure() {
  std::fill(m_weights.begin(), m_weights.end(), 1.0);
  return measureWeighted();
}

MetricValues WeightedMeter::measureResample(Random& random) {
  std::fill(m_multiplicity.begin(), m_multiplicity.end(), 0U);
  for (std::size_t i = 0; i < m_multiplicity.size(); ++i) {
    ++m_multiplicity[random.below(m_multiplicity.size())];
  }
  for (std::size_t k = 0; k < m_pairs.size(); ++k) {
    m_weights[k] = static_cast<double>(m_multiplicity[m_pairs[k].a]) *
                   static_cast<double>(m_multiplicity[m_pairs[k].b]);
  }
  return measureWeighted();
}

MetricValues WeightedMeter::measureWeighted() const {
  Sums sums;
  double tiePositives = 0;  // of the current distinct probability
  double tieNegatives = 0;
  for (std::size_t k = 0; k < m_pairs.size(); ++k) {
    const SortedPair& pair = m_pairs[k];
    const double weight = m_weights[k];
    if (pair.positive) {
      tiePositives += weight;
      (pair.called ? sums.confusion.truePositives : sums.confusion.falseNegatives) += weight;
    } else {
      tieNegatives += weight;
      (pair.called ? sums.confusion.falsePositives : sums.confusion.trueNegatives) += weight;
    }
    sums.squaredError += weight * pair.squaredError;
    sums.loss += weight * pair.loss;
    sums.gap[static_cast<std::size_t>(pair.bin)] +=
        weight * ((pair.positive ? 1.0 : 0.0) - static_cast<double>(pair.probability));
    if (pair.endsTie) {
      sums.rocArea += tieNegatives * (sums.positives + tiePositives / 2);
      sums.positives += tiePositives;
      sums.negatives += tieNegatives;
      if (tiePositives > 0) {
        sums.precisionArea += tiePositives * sums.positives / (sums.positives + sums.negatives);
      }
      tiePositives = 0;
      tieNegatives = 0;
    }
  }
  return sums.values();
}

}  // namespace twofold::metrics
