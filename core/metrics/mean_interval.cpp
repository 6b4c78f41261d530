#include "core/metrics/mean_interval.h"

#include <limits>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

#include "core/metrics/bootstrap.h"

namespace twofold::metrics {

namespace {

/// Sum and number of the units of each group; without groups each unit is one.
std::vector<std::pair<double, double>> sumsOf(std::span<const double> values,
                                              std::span<const std::uint32_t> groups) {
  std::map<std::uint32_t, std::pair<double, double>> sums;
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto& [sum, units] = sums[groups.empty() ? static_cast<std::uint32_t>(i) : groups[i]];
    sum += values[i];
    units += 1;
  }
  std::vector<std::pair<double, double>> list;
  list.reserve(sums.size());
  for (const auto& entry : sums) {
    list.push_back(entry.second);
  }
  return list;
}

}  // namespace

MeanOfUnits meanOfUnits(std::span<const double> values, const BootstrapOptions& bootstrap,
                        std::span<const std::uint32_t> groups) {
  if (values.empty()) {
    return {std::numeric_limits<double>::quiet_NaN(), std::nullopt};
  }
  const auto units = static_cast<double>(values.size());
  MeanOfUnits mean{std::accumulate(values.begin(), values.end(), 0.0) / units, std::nullopt};
  const auto sums = sumsOf(values, groups);
  if (sums.size() == 1 || bootstrap.resamples == 0) {
    return mean;
  }
  std::vector<double> drawn;
  drawn.reserve(static_cast<std::size_t>(bootstrap.resamples));
  for (int i = 0; i < bootstrap.resamples; ++i) {
    Random random = resampleStream(bootstrap, i);
    double sum = 0;
    double count = 0;
    for (std::size_t k = 0; k < sums.size(); ++k) {
      const auto& group = sums[random.below(sums.size())];
      sum += group.first;
      count += group.second;
    }
    drawn.push_back(sum / count);
  }
  mean.interval = percentileInterval(std::move(drawn));
  return mean;
}

}  // namespace twofold::metrics
