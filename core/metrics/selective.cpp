#include "core/metrics/selective.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace twofold::metrics {

std::vector<double> callConfidences(std::span<const float> scores, double threshold,
                                    bool areProbabilities) {
  std::vector<double> confidences;
  confidences.reserve(scores.size());
  for (const float score : scores) {
    const auto s = static_cast<double>(score);
    confidences.push_back(!areProbabilities ? std::abs(s - threshold) : s >= threshold ? s : 1 - s);
  }
  return confidences;
}

SelectiveCurve selectiveCurve(std::span<const double> confidences,
                              std::span<const std::int8_t> right) {
  const std::size_t n = confidences.size();
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t i, std::uint32_t j) { return confidences[i] > confidences[j]; });
  SelectiveCurve curve;
  double before = 0;  // called right above the current confidence
  std::size_t begin = 0;
  while (begin < n) {
    std::size_t end = begin;
    double tied = 0;
    while (end < n && confidences[order[end]] == confidences[order[begin]]) {
      tied += right[order[end]] != 0 ? 1 : 0;
      ++end;
    }
    const auto size = static_cast<double>(end - begin);
    for (std::size_t k = begin; k < end; ++k) {
      const auto called = static_cast<double>(k + 1);
      curve.area += (before + tied * (called - static_cast<double>(begin)) / size) / called;
    }
    before += tied;
    curve.points.push_back({static_cast<double>(end) / static_cast<double>(n),
                            before / static_cast<double>(end), confidences[order[begin]]});
    begin = end;
  }
  curve.area =
      n > 0 ? curve.area / static_cast<double>(n) : std::numeric_limits<double>::quiet_NaN();
  return curve;
}

double SelectiveCurve::accuracyAt(double coverage) const {
  if (points.empty() || !(coverage > 0 && coverage <= 1)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  CoveragePoint last;
  for (const CoveragePoint& point : points) {
    if (point.coverage >= coverage) {
      const double right = last.coverage * last.accuracy;
      const double tied = point.coverage * point.accuracy - right;
      const double share = (coverage - last.coverage) / (point.coverage - last.coverage);
      return (right + tied * share) / coverage;
    }
    last = point;
  }
  return points.back().accuracy;
}

double SelectiveCurve::coverageFor(double accuracy) const {
  const auto last = std::find_if(points.rbegin(), points.rend(), [&](const CoveragePoint& point) {
    return point.accuracy >= accuracy;
  });
  return last == points.rend() ? 0 : last->coverage;
}

SelectiveCurve selectiveCurveOfCalls(std::span<const float> scores,
                                     std::span<const std::int8_t> labels, double threshold,
                                     bool areProbabilities) {
  std::vector<std::int8_t> right;
  right.reserve(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const bool called = static_cast<double>(scores[i]) >= threshold;
    right.push_back(called == (labels[i] != 0) ? 1 : 0);
  }
  return selectiveCurve(callConfidences(scores, threshold, areProbabilities), right);
}

}  // namespace twofold::metrics
