#include "core/metrics/contact_ranking.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

namespace twofold::metrics {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double precisionAtTop(std::span<const float> scores, std::span<const std::int8_t> labels,
                      std::size_t k) {
  k = std::min(k, scores.size());
  if (k == 0 || std::any_of(scores.begin(), scores.end(), [](float s) { return std::isnan(s); })) {
    return kNaN;
  }
  std::vector<float> ordered(scores.begin(), scores.end());
  const auto last = ordered.begin() + static_cast<std::ptrdiff_t>(k - 1);
  std::nth_element(ordered.begin(), last, ordered.end(), std::greater<>());
  double above = 0;
  double positivesAbove = 0;
  double tied = 0;
  double positivesTied = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double positive = labels[i] != 0 ? 1 : 0;
    if (scores[i] > *last) {
      above += 1;
      positivesAbove += positive;
    } else if (scores[i] == *last) {
      tied += 1;
      positivesTied += positive;
    }
  }
  const double places = static_cast<double>(k);
  return (positivesAbove + (places - above) * positivesTied / tied) / places;
}

/// A random order has at place k a positive with probability P / N and, given that, each of the
/// k - 1 before it one with (P - 1) / (N - 1): the mean of precision over the positives is
/// sum over k of (1 + (k - 1) (P - 1) / (N - 1)) / k, divided by N.
double expectedAuprcOfChance(std::size_t positives, std::size_t all) {
  if (positives == 0 || positives > all) {
    return kNaN;
  }
  if (all == 1) {
    return 1;
  }
  double harmonic = 0;
  for (std::size_t k = all; k > 0; --k) {
    harmonic += 1 / static_cast<double>(k);
  }
  const double n = static_cast<double>(all);
  const double others = (static_cast<double>(positives) - 1) / (n - 1);
  return (harmonic + others * (n - harmonic)) / n;
}

}  // namespace twofold::metrics
