#include "models/learning/token_encoder.h"

#include <torch/nn/modules/linear.h>

#include "models/learning/channel.h"
#include "models/learning/row_noise.h"

namespace twofold::models {

namespace {

class LinearEncoder : public TokenEncoder {
 public:
  explicit LinearEncoder(const EncoderShape& shape)
      : m_linear(register_module("linear", torch::nn::Linear(shape.features, shape.width))),
        m_dropout(shape.dropout, shape.noise) {}

  at::Tensor forward(const at::Tensor& rows) override {
    return m_linear(m_dropout(rows, is_training()));
  }

 private:
  torch::nn::Linear m_linear;
  Dropout m_dropout;
};

}  // namespace

std::shared_ptr<TokenEncoder> Channel::makeEncoder(const EncoderShape& shape) const {
  return std::make_shared<LinearEncoder>(shape);
}

}  // namespace twofold::models
