#include "core/metrics/mean_interval.h"

#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "core/metrics/bootstrap.h"

namespace twofold::metrics {

MeanOfUnits meanOfUnits(std::span<const double> values, const BootstrapOptions& bootstrap) {
  if (values.empty()) {
    return {std::numeric_limits<double>::quiet_NaN(), std::nullopt};
  }
  const auto units = static_cast<double>(values.size());
  MeanOfUnits mean{std::accumulate(values.begin(), values.end(), 0.0) / units, std::nullopt};
  if (values.size() == 1 || bootstrap.resamples == 0) {
    return mean;
  }
  std::vector<double> drawn;
  for (int i = 0; i < bootstrap.resamples; ++i) {
    Random random = resampleStream(bootstrap, i);
    double sum = 0;
    for (std::size_t k = 0; k < values.size(); ++k) {
      sum += values[random.below(values.size())];
    }
    drawn.push_back(sum / units);
  }
  mean.interval = percentileInterval(std::move(drawn));
  return mean;
}

}  // namespace twofold::metrics
