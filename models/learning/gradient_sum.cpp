#include "models/learning/gradient_sum.h"

#include <ATen/ATen.h>

namespace twofold::models {

void shareWeights(const PairModel& model, const ProcessGroup& group) {
  const at::NoGradGuard noGradients;
  for (at::Tensor& weight : model.parameters()) {
    group.broadcast(weight);
  }
}

GradientSum::GradientSum(const PairModel& model, const ProcessGroup& group)
    : m_weights(model.parameters()), m_group(group) {
  shareWeights(model, group);
}

GradientSum::Step GradientSum::exchange(const Step& own) {
  const at::NoGradGuard noGradients;
  // Which weights have a gradient follows from the model alone, so all ranks agree in it.
  std::vector<at::Tensor> parts;
  for (const at::Tensor& weight : m_weights) {
    if (weight.grad().defined()) {
      parts.push_back(weight.grad().reshape(-1));
    }
  }
  const auto options = at::TensorOptions(at::kFloat).device(m_weights.front().device());
  parts.push_back(at::scalar_tensor(own.loss, options).view(1));
  parts.push_back(at::scalar_tensor(own.isStopping ? 1 : 0, options).view(1));
  m_flat = at::cat(parts);
  m_group.allReduce(m_flat);
  std::int64_t begin = 0;
  for (const at::Tensor& weight : m_weights) {
    if (weight.grad().defined()) {
      const auto end = begin + weight.numel();
      weight.grad().copy_(m_flat.slice(0, begin, end).view(weight.sizes()));
      begin = end;
    }
  }
  const at::Tensor last = m_flat.slice(0, begin, begin + 2).cpu();
  return {last[0].item().toDouble(), last[1].item().toDouble() > 0};
}

}  // namespace twofold::models
