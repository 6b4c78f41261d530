#include "core/metrics/mcnemar.h"

#include <algorithm>
#include <cmath>

namespace twofold::metrics {

namespace {

constexpr std::int64_t kFew = 25;

/// Chance of at most `k` heads in `n` tosses; for the few of an exact test every number here is
/// whole and exact.
double atMost(std::int64_t k, std::int64_t n) {
  double ways = 1;
  double sum = 0;
  for (std::int64_t i = 0; i <= k; ++i) {
    sum += ways;
    ways = ways * static_cast<double>(n - i) / static_cast<double>(i + 1);
  }
  return std::ldexp(sum, -static_cast<int>(n));
}

}  // namespace

McNemar mcNemar(std::int64_t onlyFirst, std::int64_t onlySecond) {
  McNemar test{onlyFirst, onlySecond, 1, onlyFirst + onlySecond < kFew};
  const std::int64_t all = onlyFirst + onlySecond;
  if (test.isExact) {
    test.p = std::min(1.0, 2 * atMost(std::min(onlyFirst, onlySecond), all));
    return test;
  }
  // The correction for continuity takes no more than is there: equal counts are no difference.
  const double gap =
      static_cast<double>(std::max<std::int64_t>(0, std::abs(onlyFirst - onlySecond) - 1));
  test.p = std::erfc(std::sqrt(gap * gap / static_cast<double>(all) / 2));
  return test;
}

}  // namespace twofold::metrics
