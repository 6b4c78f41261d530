#include "core/metrics/platt_scaling.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace twofold::metrics {

namespace {

constexpr int kMostSteps = 100;

/// -log of sigmoid(x), without overflow.
double softplus(double x) {
  return x > 0 ? std::log1p(std::exp(-x)) : -x + std::log1p(std::exp(x));
}

struct Problem {
  std::vector<double> logits;
  std::vector<double> targets;

  [[nodiscard]] double loss(const LogitScale& scale) const {
    double sum = 0;
    for (std::size_t i = 0; i < logits.size(); ++i) {
      const double x = scale.slope * logits[i] + scale.offset;
      sum += targets[i] * softplus(x) + (1 - targets[i]) * softplus(-x);
    }
    return sum;
  }
};

/// Certainty is lowered as if one more pair of either class had been seen.
Problem problemOf(std::span<const float> logits, std::span<const std::int8_t> labels) {
  const auto positives = static_cast<double>(
      std::count_if(labels.begin(), labels.end(), [](std::int8_t label) { return label != 0; }));
  const double negatives = static_cast<double>(labels.size()) - positives;
  Problem problem;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    problem.logits.push_back(double{logits[i]});
    problem.targets.push_back(labels[i] != 0 ? (positives + 1) / (positives + 2)
                                             : 1 / (negatives + 2));
  }
  return problem;
}

struct Step {
  double slope = 0;
  double offset = 0;
};

Step newtonStep(const Problem& problem, const LogitScale& scale) {
  constexpr double kRidge = 1e-12;
  double gs = 0;
  double go = 0;
  double ss = kRidge;
  double so = 0;
  double oo = kRidge;
  for (std::size_t i = 0; i < problem.logits.size(); ++i) {
    const double x = problem.logits[i];
    const double p = scale.probability(x);
    const double weight = p * (1 - p);
    gs += (p - problem.targets[i]) * x;
    go += p - problem.targets[i];
    ss += weight * x * x;
    so += weight * x;
    oo += weight;
  }
  const double determinant = ss * oo - so * so;
  if (!(determinant > 0)) {
    return {};
  }
  return {-(oo * gs - so * go) / determinant, -(ss * go - so * gs) / determinant};
}

/// Newton's step along the slope alone.
Step slopeStep(const Problem& problem, const LogitScale& scale) {
  constexpr double kRidge = 1e-12;
  double gradient = 0;
  double curvature = kRidge;
  for (std::size_t i = 0; i < problem.logits.size(); ++i) {
    const double x = problem.logits[i];
    const double p = scale.probability(x);
    gradient += (p - problem.targets[i]) * x;
    curvature += p * (1 - p) * x * x;
  }
  return {-gradient / curvature, 0};
}

/// The scale with the least loss that `stepOf` leads to, halving steps that go too far.
template <class StepOf>
LogitScale bestScale(std::span<const float> logits, std::span<const std::int8_t> labels,
                     StepOf stepOf) {
  const auto isPositive = [](std::int8_t label) { return label != 0; };
  if (std::none_of(labels.begin(), labels.end(), isPositive) ||
      std::all_of(labels.begin(), labels.end(), isPositive)) {
    return {};
  }
  const Problem problem = problemOf(logits, labels);
  LogitScale scale;
  double loss = problem.loss(scale);
  for (int i = 0; i < kMostSteps; ++i) {
    const Step step = stepOf(problem, scale);
    double length = 1;
    LogitScale next = scale;
    double nextLoss = loss;
    do {
      next = {scale.slope + length * step.slope, scale.offset + length * step.offset};
      nextLoss = problem.loss(next);
      length /= 2;
    } while (!(nextLoss <= loss) && length > 1e-10);
    const bool isDone = !(loss - nextLoss > 1e-12 * loss);
    if (nextLoss <= loss) {
      scale = next;
      loss = nextLoss;
    }
    if (isDone) {
      break;
    }
  }
  return scale.slope > 0 ? scale : LogitScale();
}

}  // namespace

double LogitScale::probability(double logit) const noexcept {
  return 1 / (1 + std::exp(-(slope * logit + offset)));
}

LogitScale plattScaling(std::span<const float> logits, std::span<const std::int8_t> labels) {
  return bestScale(logits, labels, newtonStep);
}

LogitScale temperatureScaling(std::span<const float> logits, std::span<const std::int8_t> labels) {
  return bestScale(logits, labels, slopeStep);
}

}  // namespace twofold::metrics
