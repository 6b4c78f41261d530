// Between a model with its optimizer and the named tensors of a checkpoint.
#pragma once

#include <ATen/core/Tensor.h>
#include <torch/optim/adamw.h>

#include <map>
#include <string>

#include "core/formats/safetensors.h"
#include "models/learning/channel_state.h"
#include "models/learning/checkpoint.h"
#include "models/learning/pair_model.h"
#include "models/learning/standardiser.h"

namespace twofold::models {

/// Tensors on the CPU, by their names in CHECKPOINT.md.
using StateTensors = std::map<std::string, at::Tensor>;

[[nodiscard]] StateTensors captureState(const PairModel& model,
                                        const torch::optim::Optimizer& optimizer);
void addStandardiser(StateTensors& state, const std::string& channel,
                     const Standardiser& standardiser);

/// Views of `state`, which must outlive them.
[[nodiscard]] std::map<std::string, formats::TensorView> toViews(const StateTensors& state);

/// These throw Error(BadInput) for a tensor that is missing or has another shape.
void restoreModel(PairModel& model, const formats::SafetensorsFile& file);
void restoreOptimizer(torch::optim::Optimizer& optimizer, const PairModel& model,
                      const formats::SafetensorsFile& file);
[[nodiscard]] Standardiser restoredStandardiser(const formats::SafetensorsFile& file,
                                                const std::string& channel, std::int64_t features);

/// What a channel learned; of what it has under its name in the file.
void addChannelState(StateTensors& state, const std::string& channel, const ChannelState& learned);
[[nodiscard]] ChannelState restoredChannelState(const formats::SafetensorsFile& file,
                                                const std::string& channel);

}  // namespace twofold::models
