#include "core/metrics/interval.h"

#include <algorithm>
#include <cmath>

namespace twofold::metrics {

namespace {

/// `sorted` is not empty.
double quantile(const std::vector<double>& sorted, double q) {
  const double at = q * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::optional<Interval> percentileInterval(std::vector<double> drawn) {
  const std::size_t all = drawn.size();
  std::erase_if(drawn, [](double value) { return std::isnan(value); });
  if (drawn.empty() || drawn.size() * 3 <= all * 2) {
    return std::nullopt;
  }
  std::sort(drawn.begin(), drawn.end());
  return Interval{quantile(drawn, 0.025), quantile(drawn, 0.975)};
}

void centreOn(double value, std::vector<double>& drawn) {
  std::vector<double> sorted = drawn;
  std::erase_if(sorted, [](double each) { return std::isnan(each); });
  if (sorted.empty()) {
    return;
  }
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  for (double& each : drawn) {
    each += value - *middle;
  }
}

}  // namespace twofold::metrics
