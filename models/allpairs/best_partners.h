// The best few of many partners of one protein.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace twofold::models {

struct Partner {
  std::uint32_t protein = 0;
  float logit = 0;

  friend bool operator==(const Partner&, const Partner&) = default;
};

/// Keeps a few times as many as asked for and drops the worst half when full: cheaper than a heap,
/// because most partners never come near the best.
class BestPartners {
 public:
  /// The best `top` with a logit of at least `smallest`; `top` 0: all of them.
  BestPartners(std::size_t top, float smallest);

  /// What a partner that comes next must reach to be of interest.
  [[nodiscard]] float threshold() const { return m_threshold; }
  /// Partners come in ascending order of their proteins; of equal ones the first are kept. Only for
  /// those that reach the threshold.
  void add(const Partner& partner);
  /// Best first, equal ones by their proteins.
  [[nodiscard]] std::vector<Partner> taken() &&;

 private:
  void dropWorst();

  std::size_t m_top;
  float m_threshold;
  std::vector<Partner> m_partners;
};

}  // namespace twofold::models
