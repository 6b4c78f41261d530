#include "core/runs/successive_halving.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace twofold::runs {

std::vector<std::int64_t> rungEpochs(std::int64_t epochs, std::size_t arms, int factor) {
  const auto step = static_cast<std::size_t>(factor);
  std::vector<std::int64_t> rungs;
  for (std::int64_t rung = epochs / factor; arms > 1 && rung >= 1; rung /= factor) {
    rungs.push_back(rung);
    arms = (arms + step - 1) / step;
  }
  std::reverse(rungs.begin(), rungs.end());
  return rungs;
}

std::vector<std::size_t> survivors(std::span<const double> scores, int factor) {
  const auto worth = [&](std::size_t i) {
    return std::isnan(scores[i]) ? -std::numeric_limits<double>::infinity() : scores[i];
  };
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return worth(a) > worth(b); });
  const auto step = static_cast<std::size_t>(factor);
  order.resize((scores.size() + step - 1) / step);
  std::sort(order.begin(), order.end());
  return order;
}

}  // namespace twofold::runs
