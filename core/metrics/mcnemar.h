// Whether two models are right on equally many of the same pairs.
#pragma once

#include <cstdint>

namespace twofold::metrics {

struct McNemar {
  std::int64_t onlyFirst = 0;  // right by the first model alone
  std::int64_t onlySecond = 0;
  double p = 1;          // two-sided
  bool isExact = false;  // binomial; else chi squared with one degree of freedom
};

/// McNemar 1947: exact for fewer than 25 pairs on which one model alone is right, else with
/// Edwards' continuity correction. Pairs count as independent, though they share proteins: a small
/// p says less than it seems to.
[[nodiscard]] McNemar mcNemar(std::int64_t onlyFirst, std::int64_t onlySecond);

}  // namespace twofold::metrics
