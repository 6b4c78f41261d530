// A fusion joins the tokens of the channels that are present into one vector.
#pragma once

#include <torch/nn/module.h>

#include <cstdint>
#include <memory>

#include "core/base/options.h"

namespace twofold::models {

class RowNoise;

struct FusionRequest {
  const Options& options;
  std::int64_t tokens = 0;  // slots: the sum over channels of their tokens
  std::int64_t width = 0;
  double dropout = 0;
  std::shared_ptr<RowNoise> noise{};  // the model's
};

class Fusion : public torch::nn::Module {
 public:
  /// tokens [B, slots, width], present [B, slots] bool -> [B, width]. What stands in a slot that
  /// is not present never reaches the result, and no slot present is legal.
  [[nodiscard]] virtual at::Tensor forward(const at::Tensor& tokens, const at::Tensor& present) = 0;
};

}  // namespace twofold::models
