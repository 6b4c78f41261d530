#include "core/metrics/confusion.h"

#include <cmath>
#include <limits>

namespace twofold::metrics {

namespace {

double ratio(double part, double whole) {
  return whole > 0 ? part / whole : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

double Confusion::accuracy() const {
  return ratio(truePositives + trueNegatives,
               truePositives + trueNegatives + falsePositives + falseNegatives);
}

double Confusion::precision() const {
  return ratio(truePositives, truePositives + falsePositives);
}

double Confusion::recall() const {
  return ratio(truePositives, truePositives + falseNegatives);
}

double Confusion::f1() const {
  return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
}

double Confusion::mcc() const {
  const double called = truePositives + falsePositives;
  const double notCalled = trueNegatives + falseNegatives;
  const double positive = truePositives + falseNegatives;
  const double negative = trueNegatives + falsePositives;
  if (called <= 0 || notCalled <= 0 || positive <= 0 || negative <= 0) {
    return 0;
  }
  // Roots of the products one by one: the product of four margins would lose digits.
  return (truePositives * trueNegatives - falsePositives * falseNegatives) /
         (std::sqrt(called) * std::sqrt(notCalled) * std::sqrt(positive) * std::sqrt(negative));
}

Confusion Confusion::atPrevalence(double prevalence) const {
  const double positive = truePositives + falseNegatives;
  const double negative = trueNegatives + falsePositives;
  const bool isShare = prevalence >= 0 && prevalence <= 1;
  const double up = isShare ? ratio(prevalence * (positive + negative), positive)
                            : std::numeric_limits<double>::quiet_NaN();
  const double down = ratio((1 - prevalence) * (positive + negative), negative);
  return {truePositives * up, falsePositives * down, trueNegatives * down, falseNegatives * up};
}

Confusion confusionAt(std::span<const float> scores, std::span<const std::int8_t> labels,
                      double threshold) {
  Confusion counts;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const bool called = static_cast<double>(scores[i]) >= threshold;
    double& count = labels[i] != 0 ? (called ? counts.truePositives : counts.falseNegatives)
                                   : (called ? counts.falsePositives : counts.trueNegatives);
    count += 1;
  }
  return counts;
}

}  // namespace twofold::metrics
