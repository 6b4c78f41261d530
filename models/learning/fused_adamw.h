// LibTorch's AdamW with the state it has, and one kernel for all weights of a group in place of a
// dozen operations a weight: a pair model's weights are many and small.
#pragma once

#include <torch/optim/adamw.h>

namespace twofold::models {

class FusedAdamW : public torch::optim::AdamW {
 public:
  using torch::optim::AdamW::AdamW;

  /// Weights without a gradient stay. There is no closure and no AMSGrad here.
  torch::Tensor step(LossClosure closure = nullptr) override;
};

}  // namespace twofold::models
