// What training minimises: cross entropy or focal loss, with class weights and label smoothing.
#pragma once

#include <ATen/core/Tensor.h>

#include "models/learning/training_options.h"

namespace twofold::models {

/// What a pair of each class counts.
struct ClassWeights {
  double negative = 1;
  double positive = 1;

  /// Inverse to the classes' share of `labels` (0 or 1, both present), 1 on average over them.
  [[nodiscard]] static ClassWeights balanced(const at::Tensor& labels);
};

/// Mean over the pairs of `logits` [B] with `labels` [B], 0 or 1. Computed from log-probabilities,
/// so value and gradient are finite for any finite logit.
///
/// Focal loss: (1 - p)^gamma (-log p) with p the probability of the true class (Lin et al. 2017,
/// eq. 4), class weights as its alpha (eq. 5). Label smoothing s makes the targets s / 2 and
/// 1 - s / 2 (Szegedy et al. 2016, section 7); focal loss is then the mean of both classes' terms
/// by their targets. The class weight of a pair is its label's, smoothed or not.
[[nodiscard]] at::Tensor pairLoss(const at::Tensor& logits, const at::Tensor& labels,
                                  const TrainingOptions& options, const ClassWeights& weights = {});

}  // namespace twofold::models
