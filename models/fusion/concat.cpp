#include "models/fusion/concat.h"

#include <torch/nn/modules/linear.h>

namespace twofold::models {

namespace {

/// A missing token is replaced by its slot's learned one, so "missing" is told from "zero".
class Concat : public Fusion {
 public:
  Concat(std::int64_t slots, std::int64_t width)
      : m_missing(register_parameter("missing", at::randn({slots, width}) * 0.02)),
        m_linear(register_module("linear", torch::nn::Linear(slots * width, width))) {}

  at::Tensor forward(const at::Tensor& tokens, const at::Tensor& present) override {
    const auto missing = m_missing.to(tokens.scalar_type());
    return m_linear(at::where(present.unsqueeze(-1), tokens, missing).flatten(1));
  }

 private:
  at::Tensor m_missing;
  torch::nn::Linear m_linear;
};

}  // namespace

Descriptor concatDescriptor() {
  return {"concat",
          "Concatenation",
          "Puts the channels' tokens side by side; a learned token stands in for a missing one.",
          {}};
}

std::shared_ptr<Fusion> makeConcat(const FusionRequest& request) {
  return std::make_shared<Concat>(request.tokens, request.width);
}

}  // namespace twofold::models
