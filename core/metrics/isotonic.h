// A calibration that only assumes that a higher score means a higher chance.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace twofold::metrics {

/// A rising curve through a few points, straight between them; scores beyond the ends get the ends'
/// values, as scikit-learn's out_of_bounds="clip" has it.
class IsotonicScale {
 public:
  IsotonicScale() = default;
  /// The least squares fit that never falls (pool adjacent violators: Barlow et al. 1972; as a
  /// calibration: Zadrozny and Elkan 2002). Equal scores are one point. Without pairs, the curve is
  /// empty and every score stays what it is. Scores must be numbers.
  IsotonicScale(std::span<const float> scores, std::span<const std::int8_t> labels);

  [[nodiscard]] double probability(double score) const;

 private:
  std::vector<double> m_scores;  // ascending
  std::vector<double> m_probabilities;
};

}  // namespace twofold::metrics
