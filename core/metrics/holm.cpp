#include "core/metrics/holm.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace twofold::metrics {

std::vector<double> holm(std::span<const double> p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!std::isnan(p[i])) {
      order.push_back(i);
    }
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return p[i] < p[j]; });
  std::vector<double> adjusted(p.begin(), p.end());
  double last = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    last = std::max(last, std::min(1.0, p[order[k]] * static_cast<double>(order.size() - k)));
    adjusted[order[k]] = last;
  }
  return adjusted;
}

}  // namespace twofold::metrics
