#include "core/metrics/delong.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "core/metrics/class_order.h"

namespace twofold::metrics {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Ranks from 1; equal scores share the mean of theirs.
std::vector<double> midranks(std::span<const float> scores) {
  std::vector<std::uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t i, std::uint32_t j) { return scores[i] < scores[j]; });
  std::vector<double> ranks(scores.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && scores[order[end]] == scores[order[begin]]) {
      ++end;
    }
    for (std::size_t k = begin; k < end; ++k) {
      ranks[order[k]] = static_cast<double>(begin + end + 1) / 2;
    }
    begin = end;
  }
  return ranks;
}

/// What each pair adds to the AUROC: of a positive, the share of negatives below it; of a negative,
/// the share of positives above it.
struct Components {
  std::vector<double> positives;
  std::vector<double> negatives;
  double auroc = 0;
};

Components componentsOf(std::span<const float> scores, std::span<const std::int8_t> labels) {
  std::vector<float> positives;
  std::vector<float> negatives;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    (labels[i] != 0 ? positives : negatives).push_back(scores[i]);
  }
  const auto m = static_cast<double>(positives.size());
  const auto n = static_cast<double>(negatives.size());
  const auto all = midranks(scores);
  const auto amongPositives = midranks(positives);
  const auto amongNegatives = midranks(negatives);
  Components parts;
  double sum = 0;
  for (std::size_t i = 0, p = 0, q = 0; i < scores.size(); ++i) {
    if (labels[i] != 0) {
      parts.positives.push_back((all[i] - amongPositives[p++]) / n);
      sum += parts.positives.back();
    } else {
      parts.negatives.push_back(1 - (all[i] - amongNegatives[q++]) / m);
    }
  }
  parts.auroc = sum / m;
  return parts;
}

/// Sample variance of second - first.
double varianceOfDifference(const std::vector<double>& first, const std::vector<double>& second) {
  const auto n = static_cast<double>(first.size());
  double mean = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    mean += (second[i] - first[i]) / n;
  }
  double sum = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const double gap = second[i] - first[i] - mean;
    sum += gap * gap;
  }
  return sum / (n - 1);
}

}  // namespace

DeLong deLong(std::span<const float> first, std::span<const float> second,
              std::span<const std::int8_t> labels) {
  const auto positives =
      std::count_if(labels.begin(), labels.end(), [](std::int8_t label) { return label != 0; });
  const auto negatives = static_cast<std::int64_t>(labels.size()) - positives;
  if (positives < 2 || negatives < 2 || anyNaN(first) || anyNaN(second)) {
    return {kNaN, kNaN, kNaN, kNaN, std::nullopt};
  }
  const Components before = componentsOf(first, labels);
  const Components after = componentsOf(second, labels);
  DeLong test{before.auroc, after.auroc, 0, 1, std::nullopt};
  test.variance =
      varianceOfDifference(before.positives, after.positives) / static_cast<double>(positives) +
      varianceOfDifference(before.negatives, after.negatives) / static_cast<double>(negatives);
  const double difference = test.second - test.first;
  const double error = std::sqrt(test.variance);
  constexpr double kNormal95 = 1.959963984540054;
  test.interval = {difference - kNormal95 * error, difference + kNormal95 * error};
  if (error > 0) {
    test.p = std::erfc(std::abs(difference) / error / std::sqrt(2.0));
  } else {
    test.p = difference == 0 ? 1 : 0;  // as the interval, which is the difference alone
  }
  return test;
}

}  // namespace twofold::metrics
