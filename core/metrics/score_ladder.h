// Scores sorted once, so that the counts at any threshold are two binary searches.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/metrics/confusion.h"

namespace twofold::metrics {

class ScoreLadder {
 public:
  ScoreLadder() = default;
  /// Scores must not be NaN; labels are 0 or 1.
  ScoreLadder(std::span<const float> scores, std::span<const std::int8_t> labels);

  [[nodiscard]] std::size_t size() const { return m_all.size(); }
  /// The same as confusionAt() of the same pairs.
  [[nodiscard]] Confusion at(double threshold) const;
  /// The threshold below which that share of all pairs lies, from 0 (every pair is called
  /// positive) to 1 (none is): even steps, however scores crowd. Of no pairs: 0.5.
  [[nodiscard]] double thresholdAbove(double share) const;
  /// The share of pairs that lie below.
  [[nodiscard]] double shareBelow(double threshold) const;

 private:
  std::vector<float> m_positives;  // ascending, as are the others
  std::vector<float> m_negatives;
  std::vector<float> m_all;
};

}  // namespace twofold::metrics
