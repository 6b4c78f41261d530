#include "core/metrics/score_ladder.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace twofold::metrics {

namespace {

std::size_t below(const std::vector<float>& sorted, double threshold) {
  const auto found = std::lower_bound(
      sorted.begin(), sorted.end(), threshold,
      [](float score, double limit) { return static_cast<double>(score) < limit; });
  return static_cast<std::size_t>(found - sorted.begin());
}

}  // namespace

ScoreLadder::ScoreLadder(std::span<const float> scores, std::span<const std::int8_t> labels) {
  for (std::size_t i = 0; i < scores.size(); ++i) {
    (labels[i] != 0 ? m_positives : m_negatives).push_back(scores[i]);
  }
  std::sort(m_positives.begin(), m_positives.end());
  std::sort(m_negatives.begin(), m_negatives.end());
  m_all.reserve(scores.size());
  std::merge(m_positives.begin(), m_positives.end(), m_negatives.begin(), m_negatives.end(),
             std::back_inserter(m_all));
}

Confusion ScoreLadder::at(double threshold) const {
  const auto missed = static_cast<double>(below(m_positives, threshold));
  const auto spared = static_cast<double>(below(m_negatives, threshold));
  return {static_cast<double>(m_positives.size()) - missed,
          static_cast<double>(m_negatives.size()) - spared, spared, missed};
}

double ScoreLadder::thresholdAbove(double share) const {
  if (m_all.empty()) {
    return 0.5;
  }
  const auto place = static_cast<std::size_t>(
      std::llround(std::clamp(share, 0.0, 1.0) * static_cast<double>(m_all.size())));
  return place < m_all.size() ? static_cast<double>(m_all[place])
                              : std::nextafter(static_cast<double>(m_all.back()),
                                               std::numeric_limits<double>::infinity());
}

double ScoreLadder::shareBelow(double threshold) const {
  return m_all.empty()
             ? 0
             : static_cast<double>(below(m_all, threshold)) / static_cast<double>(m_all.size());
}

}  // namespace twofold::metrics
