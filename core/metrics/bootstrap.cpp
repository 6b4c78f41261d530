#include "core/metrics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>

#include "core/base/parallel.h"
#include "core/metrics/calibration.h"
#include "core/metrics/confusion.h"

namespace twofold::metrics {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::uint32_t numberOf(const std::vector<std::int64_t>& proteins, std::int64_t protein) {
  const auto at = std::lower_bound(proteins.begin(), proteins.end(), protein);
  return static_cast<std::uint32_t>(at - proteins.begin());
}

/// Four sums side by side, so that the compiler may add them at once.
double weightedSum(const std::vector<double>& weights, const std::vector<double>& values,
                   std::size_t begin, std::size_t end) {
  std::array<double, 4> sums{};
  std::size_t k = begin;
  for (; k + 4 <= end; k += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      sums[lane] += weights[k + lane] * values[k + lane];
    }
  }
  for (; k < end; ++k) {
    sums[0] += weights[k] * values[k];
  }
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

bool isProbability(float p) {
  return p >= 0 && p <= 1;
}

}  // namespace

DenseProteins::DenseProteins(const ScoredPairs& pairs) {
  std::vector<std::int64_t> proteins(pairs.a.begin(), pairs.a.end());
  proteins.insert(proteins.end(), pairs.b.begin(), pairs.b.end());
  std::sort(proteins.begin(), proteins.end());
  proteins.erase(std::unique(proteins.begin(), proteins.end()), proteins.end());
  count = proteins.size();
  for (std::size_t i = 0; i < pairs.a.size(); ++i) {
    a.push_back(numberOf(proteins, pairs.a[i]));
    b.push_back(numberOf(proteins, pairs.b[i]));
  }
}

/// Weighted sums of what each pair gets wrong.
struct WeightedMeter::Errors {
  double squared = 0;
  double loss = 0;
  double gaps = 0;
};

/// What the order of the pairs gives.
struct WeightedMeter::Ranking {
  double positives = 0;
  double negatives = 0;
  double calledPositives = 0;  // at or above the threshold
  double calledNegatives = 0;
  double rocArea = 0;        // times positives times negatives
  double precisionArea = 0;  // times positives
};

WeightedMeter::WeightedMeter(const ScoredPairs& pairs, const DenseProteins& proteins,
                             double threshold)
    : m_hasThreshold(!std::isnan(threshold)),
      m_areProbabilities(
          pairs.areProbabilities &&
          std::all_of(pairs.probabilities.begin(), pairs.probabilities.end(), isProbability)) {
  const std::size_t n = pairs.probabilities.size();
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t i, std::uint32_t j) {
    return pairs.probabilities[i] > pairs.probabilities[j];
  });
  for (std::size_t k = 0; k < n; ++k) {
    const std::uint32_t i = order[k];
    const float p = pairs.probabilities[i];
    const double label = pairs.labels[i] != 0 ? 1 : 0;
    m_a.push_back(proteins.a[i]);
    m_b.push_back(proteins.b[i]);
    m_label.push_back(label);
    m_squaredError.push_back(squaredError(p, pairs.labels[i]));
    m_loss.push_back(logLoss(p, pairs.labels[i]));
    m_gap.push_back(label - static_cast<double>(p));
    const float* next = k + 1 < n ? &pairs.probabilities[order[k + 1]] : nullptr;
    if (next == nullptr || *next != p) {
      m_tieEnds.push_back(static_cast<std::uint32_t>(k + 1));
      m_calledTies += static_cast<double>(p) >= threshold ? 1 : 0;
    }
    if (next == nullptr || calibrationBin(*next) != calibrationBin(p)) {
      m_binEnds.push_back(static_cast<std::uint32_t>(k + 1));
    }
  }
}

MetricValues WeightedMeter::measure() const {
  return measureWeighted(std::vector<double>(m_label.size(), 1.0));
}

MetricValues WeightedMeter::measure(std::span<const std::uint32_t> multiplicity,
                                    std::vector<double>& weights) const {
  weights.resize(m_label.size());
  for (std::size_t k = 0; k < weights.size(); ++k) {
    weights[k] = static_cast<double>(multiplicity[m_a[k]] * multiplicity[m_b[k]]);
  }
  return measureWeighted(weights);
}

WeightedMeter::Errors WeightedMeter::errors(const std::vector<double>& weights) const {
  Errors errors;
  errors.squared = weightedSum(weights, m_squaredError, 0, weights.size());
  errors.loss = weightedSum(weights, m_loss, 0, weights.size());
  std::size_t begin = 0;
  for (const std::uint32_t end : m_binEnds) {
    errors.gaps += std::abs(weightedSum(weights, m_gap, begin, end));
    begin = end;
  }
  return errors;
}

WeightedMeter::Ranking WeightedMeter::ranking(const std::vector<double>& weights) const {
  Ranking sums;
  std::size_t k = 0;
  for (std::size_t tie = 0; tie < m_tieEnds.size(); ++tie) {
    if (tie == m_calledTies) {
      sums.calledPositives = sums.positives;
      sums.calledNegatives = sums.negatives;
    }
    double positives = 0;
    double negatives = 0;
    for (; k < m_tieEnds[tie]; ++k) {
      const double positive = weights[k] * m_label[k];
      positives += positive;
      negatives += weights[k] - positive;
    }
    sums.rocArea += negatives * (sums.positives + positives / 2);
    sums.positives += positives;
    sums.negatives += negatives;
    // Weights are whole numbers: a sum below 1 is 0, and so is what is divided by it.
    sums.precisionArea +=
        positives * sums.positives / std::max(sums.positives + sums.negatives, 1.0);
  }
  if (m_calledTies == m_tieEnds.size()) {
    sums.calledPositives = sums.positives;
    sums.calledNegatives = sums.negatives;
  }
  return sums;
}

MetricValues WeightedMeter::measureWeighted(const std::vector<double>& weights) const {
  const Ranking order = ranking(weights);
  const double n = order.positives + order.negatives;
  MetricValues values;
  values.fill(kNaN);
  if (m_hasThreshold) {
    const Confusion at{order.calledPositives, order.calledNegatives,
                       order.negatives - order.calledNegatives,
                       order.positives - order.calledPositives};
    values = {at.accuracy(), at.precision(), at.recall(), at.f1(), at.mcc(),
              kNaN,          kNaN,           kNaN,        kNaN,    kNaN};
  }
  values[5] = order.positives > 0 && order.negatives > 0
                  ? order.rocArea / (order.positives * order.negatives)
                  : kNaN;
  values[6] = order.positives > 0 ? order.precisionArea / order.positives : kNaN;
  if (m_areProbabilities && n > 0) {
    const Errors wrong = errors(weights);
    values[7] = wrong.squared / n;
    values[8] = wrong.gaps / n;
    values[9] = wrong.loss / n;
  }
  return values;
}

void drawMultiplicities(const BootstrapOptions& options, int resample,
                        std::span<std::uint32_t> multiplicity) {
  Random random = resampleStream(options, resample);
  std::fill(multiplicity.begin(), multiplicity.end(), 0U);
  for (std::size_t drawn = 0; drawn < multiplicity.size(); ++drawn) {
    ++multiplicity[random.below(multiplicity.size())];
  }
}

std::vector<std::vector<MetricValues>> measureResamples(std::span<const WeightedMeter> meters,
                                                        std::size_t proteins,
                                                        const BootstrapOptions& options,
                                                        const ProgressSink& progress) {
  const auto resamples = static_cast<std::size_t>(options.resamples);
  std::vector<std::vector<MetricValues>> values(meters.size(),
                                                std::vector<MetricValues>(resamples));
  const auto threads = static_cast<std::size_t>(std::max(1, options.threads));
  std::mutex telling;
  std::int64_t measured = 0;
  const auto tell = [&] {
    if (progress) {
      const std::scoped_lock lock(telling);
      progress({"Resampling proteins", ++measured, options.resamples, "resamples"});
    }
  };
  inParts(threads, resamples, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> multiplicity(proteins);
    std::vector<double> weights;
    for (std::size_t i = begin; i < end; ++i) {
      throwIfStopped(options.stop);
      drawMultiplicities(options, static_cast<int>(i), multiplicity);
      for (std::size_t m = 0; m < meters.size(); ++m) {
        values[m][i] = meters[m].measure(multiplicity, weights);
      }
      tell();
    }
  });
  return values;
}

}  // namespace twofold::metrics
