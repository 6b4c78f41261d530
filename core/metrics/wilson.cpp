#include "core/metrics/wilson.h"

#include <algorithm>
#include <cmath>

namespace twofold::metrics {

namespace {
constexpr double kNormal = 1.959963984540054;  // the .975 quantile
}

std::optional<Interval> wilsonInterval(std::int64_t hits, std::int64_t all) {
  if (all <= 0) {
    return std::nullopt;
  }
  const auto n = static_cast<double>(all);
  const double share = static_cast<double>(hits) / n;
  constexpr double kSquare = kNormal * kNormal;
  const double centre = (share + kSquare / (2 * n)) / (1 + kSquare / n);
  const double half =
      kNormal / (1 + kSquare / n) * std::sqrt(share * (1 - share) / n + kSquare / (4 * n * n));
  // At the ends the formula gives 0 and 1 but for rounding.
  return Interval{hits == 0 ? 0 : std::max(0.0, centre - half),
                  hits == all ? 1 : std::min(1.0, centre + half)};
}

}  // namespace twofold::metrics
