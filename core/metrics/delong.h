// Whether two models' AUROC on the same pairs differ.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/metrics/interval.h"

namespace twofold::metrics {

struct DeLong {
  double first = 0;  // AUROC; NaN where it cannot be measured
  double second = 0;
  double variance = 0;               // of second - first
  double p = 1;                      // two-sided; NaN where undefined; with variance 0: 1 for equal
                                     // AUROCs, else 0
  std::optional<Interval> interval;  // 95 %, of second - first
};

/// DeLong, DeLong and Clarke-Pearson 1988, by midranks in O(n log n) (Sun and Xu 2014). Needs two
/// pairs of each class. Pairs count as independent, though they share proteins: the bootstrap over
/// proteins is wider, and the one to believe.
[[nodiscard]] DeLong deLong(std::span<const float> first, std::span<const float> second,
                            std::span<const std::int8_t> labels);

}  // namespace twofold::metrics
