// The trainable half of a channel: a protein's rows to tokens.
#pragma once

#include <torch/nn/module.h>

#include <cstdint>

namespace twofold::models {

class TokenEncoder : public torch::nn::Module {
 public:
  /// How many it makes of a protein's rows.
  [[nodiscard]] virtual std::int64_t tokens(std::int64_t rows) const { return rows; }
  /// [N, rows, features] -> [N, tokens, width]. One protein's tokens depend on its rows alone.
  [[nodiscard]] virtual at::Tensor forward(const at::Tensor& rows) = 0;
};

}  // namespace twofold::models
