#include "models/learning/loss.h"

#include <ATen/ATen.h>

namespace twofold::models {

namespace {

/// (1 - p)^gamma (-log p) for p = sigmoid(logits); `opposite` is log(1 - p).
at::Tensor focalTerm(const at::Tensor& logits, const at::Tensor& opposite, double gamma) {
  return (opposite * gamma).exp() * -at::log_sigmoid(logits);
}

}  // namespace

ClassWeights ClassWeights::balanced(const at::Tensor& labels) {
  const double positives = labels.mean(at::kDouble).item().toDouble();
  return {0.5 / (1 - positives), 0.5 / positives};
}

at::Tensor pairLoss(const at::Tensor& logits, const at::Tensor& labels,
                    const TrainingOptions& options, const ClassWeights& weights) {
  at::Tensor targets = labels;
  if (options.labelSmoothing > 0) {
    targets = labels * (1 - options.labelSmoothing) + 0.5 * options.labelSmoothing;
  }
  at::Tensor pairWeights;
  if (weights.negative != 1 || weights.positive != 1) {
    pairWeights = labels * (weights.positive - weights.negative) + weights.negative;
  }
  if (options.loss == Loss::CrossEntropy) {
    return at::binary_cross_entropy_with_logits(logits, targets, pairWeights);
  }
  const at::Tensor positive = focalTerm(logits, at::log_sigmoid(-logits), options.focalGamma);
  const at::Tensor negative = focalTerm(-logits, at::log_sigmoid(logits), options.focalGamma);
  const at::Tensor losses = targets * positive + (1 - targets) * negative;
  return (pairWeights.defined() ? losses * pairWeights : losses).mean();
}

}  // namespace twofold::models
