// A head maps the fused vector of a pair to a logit.
#pragma once

#include <torch/nn/module.h>

#include <cstdint>

#include "core/base/options.h"

namespace twofold::models {

struct HeadRequest {
  const Options& options;
  std::int64_t width = 0;
  double dropout = 0;
};

class Head : public torch::nn::Module {
 public:
  /// [B, width] -> [B].
  [[nodiscard]] virtual at::Tensor forward(const at::Tensor& fused) = 0;
};

}  // namespace twofold::models
