// A head maps the fused vector of a pair, or those of its two proteins, to a logit.
#pragma once

#include <torch/nn/module.h>

#include <cstdint>
#include <memory>

#include "core/base/options.h"

namespace twofold::models {

class RowNoise;

struct HeadRequest {
  const Options& options;
  std::int64_t width = 0;
  double dropout = 0;
  std::shared_ptr<RowNoise> noise{};  // the model's
};

class Head : public torch::nn::Module {
 public:
  /// [B, width] -> [B]; of a head that takes proteins [2, B, width] -> [B], the same bits for
  /// either order of the two.
  [[nodiscard]] virtual at::Tensor forward(const at::Tensor& fused) = 0;

  /// Whether it takes a vector of each protein, fused from that protein's own tokens, instead of
  /// one vector of the pair.
  [[nodiscard]] virtual bool takesProteins() const { return false; }
};

}  // namespace twofold::models
