#include "core/metrics/ranking.h"

#include <limits>
#include <utility>

#include "core/metrics/class_order.h"

namespace twofold::metrics {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// A curve's points after its first, with counts turned into coordinates by `point`.
template <class Point>
void addPoints(const ClassOrder& order, std::vector<CurvePoint>& points, Point point) {
  double positives = 0;
  double negatives = 0;
  order.descend([&](float score, double p, double n) {
    positives += p;
    negatives += n;
    const auto [x, y] = point(positives, negatives);
    points.push_back({x, y, static_cast<double>(score)});
  });
}

}  // namespace

double auroc(std::span<const float> scores, std::span<const std::int8_t> labels) {
  return rankingAreas(scores, labels).auroc;
}

double auprc(std::span<const float> scores, std::span<const std::int8_t> labels) {
  return rankingAreas(scores, labels).auprc;
}

RankingAreas rankingAreas(std::span<const float> scores, std::span<const std::int8_t> labels) {
  if (anyNaN(scores)) {
    return {kNaN, kNaN};
  }
  const ClassOrder order(scores, labels);
  double positives = 0;
  double negatives = 0;
  RankingAreas sums;
  order.descend([&](float, double p, double n) {
    sums.auroc += n * (positives + p / 2);
    positives += p;
    negatives += n;
    sums.auprc += p * positives / (positives + negatives);
  });
  return {positives > 0 && negatives > 0 ? sums.auroc / (positives * negatives) : kNaN,
          positives > 0 ? sums.auprc / positives : kNaN};
}

double auprcAtPrevalence(std::span<const float> scores, std::span<const std::int8_t> labels,
                         double prevalence) {
  if (!(prevalence > 0 && prevalence < 1) || anyNaN(scores)) {
    return kNaN;
  }
  const ClassOrder order(scores, labels);
  // Of a negative; a positive weighs 1.
  const double weight = order.positives() * (1 - prevalence) / (prevalence * order.negatives());
  double positives = 0;
  double negatives = 0;
  double area = 0;
  order.descend([&](float, double p, double n) {
    positives += p;
    negatives += weight * n;
    if (p > 0) {
      area += p * positives / (positives + negatives);
    }
  });
  return positives > 0 && order.negatives() > 0 ? area / positives : kNaN;
}

std::vector<CurvePoint> rocCurve(std::span<const float> scores,
                                 std::span<const std::int8_t> labels) {
  if (anyNaN(scores)) {
    return {};
  }
  const ClassOrder order(scores, labels);
  if (order.positives() <= 0 || order.negatives() <= 0) {
    return {};
  }
  std::vector<CurvePoint> points{{0, 0, std::numeric_limits<double>::infinity()}};
  addPoints(order, points, [&](double positives, double negatives) {
    return std::pair{negatives / order.negatives(), positives / order.positives()};
  });
  return points;
}

std::vector<CurvePoint> precisionRecallCurve(std::span<const float> scores,
                                             std::span<const std::int8_t> labels) {
  if (anyNaN(scores)) {
    return {};
  }
  const ClassOrder order(scores, labels);
  if (order.positives() <= 0) {
    return {};
  }
  std::vector<CurvePoint> points{{0, 1, std::numeric_limits<double>::infinity()}};
  addPoints(order, points, [&](double positives, double negatives) {
    return std::pair{positives / order.positives(), positives / (positives + negatives)};
  });
  return points;
}

}  // namespace twofold::metrics
