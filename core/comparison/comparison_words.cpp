#include "core/comparison/comparison_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace twofold::comparison {

namespace {

std::string metricName(const std::string& id) {
  for (const auto& metric : metrics::metricCatalog()) {
    if (metric.id == id) {
      return metric.name;
    }
  }
  return id;
}

}  // namespace

std::string pText(double p) {
  return std::isnan(p) ? "–" : p < 0.001 ? "< 0.001" : fmt::format("{:.3f}", p);
}

bool isShown(const RunDifference& difference, const std::string& metric) {
  const auto& own = difference.differences.at(metric);
  return own.interval && (own.interval->low > 0 || own.interval->high < 0) &&
         difference.holm.at(metric) < kSignificant;
}

std::string differenceWords(const SharedScores& shared, const RunDifference& difference,
                            const std::string& metric) {
  const auto& first = shared.runs[difference.first].id;
  const auto& second = shared.runs[difference.second].id;
  const auto& own = difference.differences.at(metric);
  const auto name = metricName(metric);
  if (!own.interval) {
    return fmt::format("{} and {} cannot be compared by {}.", first, second, name);
  }
  const auto numbers =
      fmt::format("{:+.3f} [{:+.3f}, {:+.3f}], p {} after Holm's correction", own.value,
                  own.interval->low, own.interval->high, pText(difference.holm.at(metric)));
  if (!isShown(difference, metric)) {
    return fmt::format("No difference between {} and {} is shown by {} ({}).", first, second, name,
                       numbers);
  }
  const bool secondIsBetter = (own.value > 0) == metrics::higherIsBetter(metric);
  return fmt::format("{} is better than {} by {} ({}).", secondIsBetter ? second : first,
                     secondIsBetter ? first : second, name, numbers);
}

}  // namespace twofold::comparison
