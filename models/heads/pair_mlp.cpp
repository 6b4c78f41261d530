#include "models/heads/pair_mlp.h"

#include <torch/nn/modules/linear.h>

namespace twofold::models {

namespace {

/// The linear path keeps a small data set from needing the hidden layer at all.
class PairMlp : public Head {
 public:
  PairMlp(std::int64_t width, std::int64_t hidden, double dropout)
      : m_linear(register_module("linear", torch::nn::Linear(width, 1))),
        m_hidden(register_module("hidden", torch::nn::Linear(width, hidden))),
        m_out(register_module("out", torch::nn::Linear(hidden, 1))),
        m_dropout(dropout) {}

  at::Tensor forward(const at::Tensor& fused) override {
    const auto hidden = at::dropout(at::gelu(m_hidden(fused)), m_dropout, is_training());
    return (m_linear(fused) + m_out(hidden)).squeeze(-1);
  }

 private:
  torch::nn::Linear m_linear;
  torch::nn::Linear m_hidden;
  torch::nn::Linear m_out;
  double m_dropout;
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
                                   request.dropout);
}

}  // namespace twofold::models
