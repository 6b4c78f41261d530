// One sum over the ranks a step: the gradients of all weights, the loss, and who wants to stop.
#pragma once

#include <ATen/core/Tensor.h>

#include "models/learning/pair_model.h"
#include "models/learning/process_group.h"

namespace twofold::models {

/// Each rank's weights become those of rank 0.
void shareWeights(const PairModel& model, const ProcessGroup& group);

class GradientSum {
 public:
  /// Borrows both, and shares the weights.
  GradientSum(const PairModel& model, const ProcessGroup& group);

  struct Step {
    double loss = 0;
    bool isStopping = false;
  };
  /// After backward(), with this rank's share of the loss: the whole batch's loss and gradients,
  /// the same bits on every rank. Stopping where any rank is.
  [[nodiscard]] Step exchange(const Step& own);

 private:
  std::vector<at::Tensor> m_weights;
  const ProcessGroup& m_group;
  at::Tensor m_flat;  // fp32: the gradients one after the other, loss, votes to stop
};

}  // namespace twofold::models
