#include "models/learning/model_state.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "models/learning/tensors.h"

namespace twofold::models {

namespace {

at::Tensor onCpu(const at::Tensor& tensor) {
  return tensor.detach().to(at::kCPU).contiguous();
}

std::string optimizerName(const std::string& parameter, std::string_view what) {
  return fmt::format("optimizer.{}.{}", parameter, what);
}

at::Tensor checkedTensor(const formats::SafetensorsFile& file, const std::string& name,
                         at::IntArrayRef shape) {
  at::Tensor tensor = toTensor(file.tensor(name));
  if (tensor.sizes() != shape) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the checkpoint's tensor \"{}\" has another shape than the model's; "
                            "it belongs to another recipe",
                            name));
  }
  return tensor;
}

void copyInto(const at::Tensor& target, const formats::SafetensorsFile& file,
              const std::string& name) {
  const at::NoGradGuard noGradients;
  target.copy_(checkedTensor(file, name, target.sizes()));
}

std::vector<float> floats(const formats::SafetensorsFile& file, const std::string& name,
                          std::int64_t size) {
  const at::Tensor tensor = checkedTensor(file, name, {size}).to(at::kFloat);
  const float* first = tensor.const_data_ptr<float>();
  return {first, first + tensor.numel()};
}

at::Tensor fromFloats(const std::vector<float>& values) {
  at::Tensor tensor = at::empty({static_cast<std::int64_t>(values.size())}, at::kFloat);
  std::copy(values.begin(), values.end(), tensor.mutable_data_ptr<float>());
  return tensor;
}

}  // namespace

StateTensors captureState(const PairModel& model, const torch::optim::Optimizer& optimizer) {
  StateTensors state;
  for (const auto& parameter : model.named_parameters()) {
    state["model." + parameter.key()] = onCpu(parameter.value());
    const auto found = optimizer.state().find(parameter.value().unsafeGetTensorImpl());
    if (found == optimizer.state().end()) {
      continue;  // never had a gradient
    }
    const auto& adam = static_cast<const torch::optim::AdamWParamState&>(*found->second);
    state[optimizerName(parameter.key(), "average")] = onCpu(adam.exp_avg());
    state[optimizerName(parameter.key(), "square")] = onCpu(adam.exp_avg_sq());
    state[optimizerName(parameter.key(), "step")] = at::full({1}, adam.step(), at::kLong);
  }
  for (const auto& buffer : model.named_buffers()) {
    state["model." + buffer.key()] = onCpu(buffer.value());
  }
  return state;
}

void addStandardiser(StateTensors& state, const std::string& channel,
                     const Standardiser& standardiser) {
  state[fmt::format("standardiser.{}.mean", channel)] = fromFloats(standardiser.mean);
  state[fmt::format("standardiser.{}.scale", channel)] = fromFloats(standardiser.scale);
}

std::map<std::string, formats::TensorView> toViews(const StateTensors& state) {
  std::map<std::string, formats::TensorView> views;
  for (const auto& [name, tensor] : state) {
    views[name] = toView(tensor);
  }
  return views;
}

void restoreModel(PairModel& model, const formats::SafetensorsFile& file) {
  for (const auto& parameter : model.named_parameters()) {
    copyInto(parameter.value(), file, "model." + parameter.key());
  }
  for (const auto& buffer : model.named_buffers()) {
    copyInto(buffer.value(), file, "model." + buffer.key());
  }
}

void restoreOptimizer(torch::optim::Optimizer& optimizer, const PairModel& model,
                      const formats::SafetensorsFile& file) {
  for (const auto& parameter : model.named_parameters()) {
    if (!file.tensors().contains(optimizerName(parameter.key(), "step"))) {
      continue;
    }
    const auto restored = [&](std::string_view what) {
      return checkedTensor(file, optimizerName(parameter.key(), what), parameter.value().sizes())
          .to(parameter.value().device());
    };
    auto adam = std::make_unique<torch::optim::AdamWParamState>();
    adam->step(checkedTensor(file, optimizerName(parameter.key(), "step"), {1}).item().toLong());
    adam->exp_avg(restored("average"));
    adam->exp_avg_sq(restored("square"));
    optimizer.state()[parameter.value().unsafeGetTensorImpl()] = std::move(adam);
  }
}

Standardiser restoredStandardiser(const formats::SafetensorsFile& file, const std::string& channel,
                                  std::int64_t features) {
  return {floats(file, fmt::format("standardiser.{}.mean", channel), features),
          floats(file, fmt::format("standardiser.{}.scale", channel), features)};
}

void addChannelState(StateTensors& state, const std::string& channel, const ChannelState& learned) {
  for (const auto& [name, array] : learned.arrays()) {
    state[fmt::format("channel.{}.{}", channel, name)] = toTensor(array.view());
  }
}

ChannelState restoredChannelState(const formats::SafetensorsFile& file,
                                  const std::string& channel) {
  ChannelState learned;
  const std::string prefix = fmt::format("channel.{}.", channel);
  for (const auto& [name, view] : file.tensors()) {
    if (name.starts_with(prefix)) {
      learned.put(name.substr(prefix.size()), view);
    }
  }
  return learned;
}

}  // namespace twofold::models
