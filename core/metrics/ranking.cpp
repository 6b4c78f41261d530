#include "core/metrics/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace twofold::metrics {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Counts of both classes with a score >= one of the distinct scores, highest first; empty when
/// a score is not a number, because such scores have no order.
struct Step {
  double threshold = 0;
  double positives = 0;
  double negatives = 0;
};

std::vector<Step> descend(std::span<const float> scores, std::span<const std::int8_t> labels) {
  if (std::any_of(scores.begin(), scores.end(), [](float s) { return std::isnan(s); })) {
    return {};
  }
  std::vector<std::uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t i, std::uint32_t j) { return scores[i] > scores[j]; });
  std::vector<Step> steps;
  Step step;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const std::uint32_t i = order[k];
    (labels[i] != 0 ? step.positives : step.negatives) += 1;
    if (k + 1 == order.size() || scores[order[k + 1]] != scores[i]) {
      step.threshold = static_cast<double>(scores[i]);
      steps.push_back(step);
    }
  }
  return steps;
}

}  // namespace

double auroc(std::span<const float> scores, std::span<const std::int8_t> labels) {
  const auto steps = descend(scores, labels);
  if (steps.empty() || steps.back().positives <= 0 || steps.back().negatives <= 0) {
    return kNaN;
  }
  double area = 0;
  Step last;
  for (const Step& step : steps) {
    area += (step.negatives - last.negatives) * (step.positives + last.positives) / 2;
    last = step;
  }
  return area / (steps.back().positives * steps.back().negatives);
}

double auprc(std::span<const float> scores, std::span<const std::int8_t> labels) {
  const auto steps = descend(scores, labels);
  if (steps.empty() || steps.back().positives <= 0) {
    return kNaN;
  }
  double area = 0;
  double last = 0;
  for (const Step& step : steps) {
    area += (step.positives - last) * step.positives / (step.positives + step.negatives);
    last = step.positives;
  }
  return area / steps.back().positives;
}

std::vector<CurvePoint> rocCurve(std::span<const float> scores,
                                 std::span<const std::int8_t> labels) {
  const auto steps = descend(scores, labels);
  if (steps.empty() || steps.back().positives <= 0 || steps.back().negatives <= 0) {
    return {};
  }
  std::vector<CurvePoint> points{{0, 0, std::numeric_limits<double>::infinity()}};
  for (const Step& step : steps) {
    points.push_back({step.negatives / steps.back().negatives,
                      step.positives / steps.back().positives, step.threshold});
  }
  return points;
}

std::vector<CurvePoint> precisionRecallCurve(std::span<const float> scores,
                                             std::span<const std::int8_t> labels) {
  const auto steps = descend(scores, labels);
  if (steps.empty() || steps.back().positives <= 0) {
    return {};
  }
  std::vector<CurvePoint> points{{0, 1, std::numeric_limits<double>::infinity()}};
  for (const Step& step : steps) {
    points.push_back({step.positives / steps.back().positives,
                      step.positives / (step.positives + step.negatives), step.threshold});
  }
  return points;
}

}  // namespace twofold::metrics
