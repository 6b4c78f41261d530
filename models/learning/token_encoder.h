// The trainable half of a channel: standardised rows to tokens.
#pragma once

#include <torch/nn/module.h>

namespace twofold::models {

class TokenEncoder : public torch::nn::Module {
 public:
  /// [N, rows, features] -> [N, rows, width]. One protein's tokens depend on its rows alone.
  [[nodiscard]] virtual at::Tensor forward(const at::Tensor& rows) = 0;
};

}  // namespace twofold::models
