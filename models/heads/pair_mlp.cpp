#include "models/heads/pair_mlp.h"

#include <torch/nn/modules/linear.h>

#include "models/learning/row_noise.h"

namespace twofold::models {

namespace {

/// The linear path keeps a small data set from needing the hidden layer at all.
class PairMlp : public Head {
 public:
  PairMlp(std::int64_t width, std::int64_t hidden, Dropout dropout)
      : m_linear(register_module("linear", torch::nn::Linear(width, 1))),
        m_hidden(register_module("hidden", torch::nn::Linear(width, hidden))),
        m_out(register_module("out", torch::nn::Linear(hidden, 1))),
        m_dropout(std::move(dropout)) {}

  at::Tensor forward(const at::Tensor& fused) override {
    const auto hidden = m_dropout(at::gelu(m_hidden(fused)), is_training());
    return (m_linear(fused) + m_out(hidden)).squeeze(-1);
  }

 private:
  torch::nn::Linear m_linear;
  torch::nn::Linear m_hidden;
  torch::nn::Linear m_out;
  Dropout m_dropout;
};

}  // namespace

Descriptor pairMlpDescriptor() {
  return {"mlp",
          "Perceptron",
          "One hidden layer beside a linear path.",
          {integerOption("hidden", "Hidden units", 32, 1, 4096, "Size of the hidden layer.")}};
}

std::shared_ptr<Head> makePairMlp(const HeadRequest& request) {
  return std::make_shared<PairMlp>(request.width, request.options.integer("hidden"),
                                   Dropout(request.dropout, request.noise));
}

}  // namespace twofold::models
