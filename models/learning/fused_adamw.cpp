#include "models/learning/fused_adamw.h"

#include <ATen/ATen.h>

#include <map>
#include <memory>
#include <tuple>
#include <vector>

namespace twofold::models {

namespace {

/// Weights that have made the same number of steps.
struct Batch {
  std::vector<at::Tensor> weights;
  std::vector<at::Tensor> gradients;
  std::vector<at::Tensor> averages;
  std::vector<at::Tensor> squares;
};

}  // namespace

torch::Tensor FusedAdamW::step(LossClosure /*closure*/) {
  const at::NoGradGuard noGradients;
  for (auto& group : param_groups()) {
    std::map<std::int64_t, Batch> batches;
    for (const at::Tensor& weight : group.params()) {
      if (!weight.grad().defined()) {
        continue;
      }
      auto& state = this->state()[weight.unsafeGetTensorImpl()];
      if (!state) {
        auto fresh = std::make_unique<torch::optim::AdamWParamState>();
        fresh->step(0);
        fresh->exp_avg(at::zeros_like(weight));
        fresh->exp_avg_sq(at::zeros_like(weight));
        state = std::move(fresh);
      }
      auto& adam = static_cast<torch::optim::AdamWParamState&>(*state);
      adam.step(adam.step() + 1);
      Batch& batch = batches[adam.step()];
      batch.weights.push_back(weight);
      // The kernel walks memory: a gradient that came transposed must be laid out as its weight.
      batch.gradients.push_back(weight.grad().strides() == weight.strides()
                                    ? weight.grad()
                                    : at::empty_like(weight).copy_(weight.grad()));
      batch.averages.push_back(adam.exp_avg());
      batch.squares.push_back(adam.exp_avg_sq());
    }
    const auto& options = static_cast<torch::optim::AdamWOptions&>(group.options());
    const auto [beta1, beta2] = options.betas();
    for (auto& [steps, batch] : batches) {
      const std::vector<at::Tensor> counts(
          batch.weights.size(),
          at::scalar_tensor(static_cast<float>(steps), batch.weights.front().options()));
      at::_fused_adamw_(batch.weights, batch.gradients, batch.averages, batch.squares, {}, counts,
                        options.lr(), beta1, beta2, options.weight_decay(), options.eps(), false,
                        false);
    }
  }
  return {};
}

}  // namespace twofold::models
