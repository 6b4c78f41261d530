// The scores of both classes from the highest down: what every metric of a ranking walks over.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace twofold::metrics {

/// Sorts each class for itself: no pair has to be carried along, and a metric of a ranking looks at
/// nothing but how the two lists interleave. Scores must not be NaN; -0 counts as 0.
class ClassOrder {
 public:
  ClassOrder(std::span<const float> scores, std::span<const std::int8_t> labels);

  [[nodiscard]] double positives() const { return static_cast<double>(m_positives.size()); }
  [[nodiscard]] double negatives() const { return static_cast<double>(m_negatives.size()); }

  /// Calls take(score, positives, negatives) for each distinct score, highest first; the counts
  /// are of that score alone.
  template <class Take>
  void descend(Take take) const {
    std::size_t p = 0;
    std::size_t n = 0;
    while (p < m_positives.size() || n < m_negatives.size()) {
      const std::uint32_t key = p == m_positives.size() ? m_negatives[n]
                                : n == m_negatives.size()
                                    ? m_positives[p]
                                    : std::min(m_positives[p], m_negatives[n]);
      const std::size_t firstP = p;
      const std::size_t firstN = n;
      while (p < m_positives.size() && m_positives[p] == key) {
        ++p;
      }
      while (n < m_negatives.size() && m_negatives[n] == key) {
        ++n;
      }
      take(scoreOf(key), static_cast<double>(p - firstP), static_cast<double>(n - firstN));
    }
  }

 private:
  static float scoreOf(std::uint32_t key) noexcept;

  std::vector<std::uint32_t> m_positives;  // keys ascend where scores descend
  std::vector<std::uint32_t> m_negatives;
};

[[nodiscard]] bool anyNaN(std::span<const float> scores) noexcept;

}  // namespace twofold::metrics
