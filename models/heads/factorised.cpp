#include "models/heads/factorised.h"

#include <ATen/ATen.h>

#include <cmath>
#include <utility>
#include <vector>

namespace twofold::models {

namespace {

torch::nn::Linear withoutBias(std::int64_t in, std::int64_t out) {
  return torch::nn::Linear(torch::nn::LinearOptions(in, out).bias(false));
}

void append(std::vector<float>& values, const at::Tensor& tensor) {
  const at::Tensor dense = tensor.to(at::kCPU, at::kFloat).contiguous();
  const float* first = dense.const_data_ptr<float>();
  values.insert(values.end(), first, first + dense.numel());
}

std::vector<float> floats(const at::Tensor& tensor) {
  std::vector<float> values;
  append(values, tensor.detach());
  return values;
}

}  // namespace

FactorisedHead::FactorisedHead(const Shape& shape, Dropout dropout)
    : m_dropout(std::move(dropout)),
      m_hidden(register_module("hidden", withoutBias(shape.width, shape.hidden))),
      m_hiddenBias(register_parameter("hidden_bias", at::zeros({shape.hidden}))),
      m_out(register_module("out", torch::nn::Linear(shape.hidden, 1))),
      m_bilinear(register_module("bilinear", withoutBias(shape.width, shape.bilinear))),
      m_scale(register_parameter(
          "scale", at::randn({shape.bilinear}) / std::sqrt(static_cast<double>(shape.bilinear)))),
      m_linear(register_module("linear", withoutBias(shape.width, 1))) {}

at::Tensor FactorisedHead::forward(const at::Tensor& fused) {
  // Copies, so that both have memory aligned alike and matrix products round alike.
  const at::Tensor a = fused.select(0, 0).clone();
  const at::Tensor b = fused.select(0, 1).clone();
  const auto hidden = at::relu(m_hidden(a) + m_hidden(b) + m_hiddenBias);
  const auto products = m_bilinear(a).to(at::kFloat) * m_bilinear(b).to(at::kFloat);
  return m_out(m_dropout(hidden, is_training())).squeeze(-1) + (products * m_scale).sum(-1) +
         (m_linear(a) + m_linear(b)).squeeze(-1);
}

FactorisedTable FactorisedHead::emptyTable() const {
  FactorisedTable table;
  table.hiddenWeights = floats(m_out->weight);
  table.bilinearWeights = floats(m_scale);
  table.bias = m_out->bias.item().toFloat();
  return table;
}

void FactorisedHead::addTo(FactorisedTable& table, const at::Tensor& vectors, std::int64_t count) {
  // Half of the bias goes to each protein.
  append(table.hidden, (m_hidden(vectors) + 0.5 * m_hiddenBias).slice(0, 0, count));
  append(table.bilinear, m_bilinear(vectors).slice(0, 0, count));
  append(table.linear, m_linear(vectors).slice(0, 0, count));
}

Descriptor factorisedDescriptor() {
  return {"factorised",
          "Factorised",
          "Works on each protein's own vector and adds halves for a pair: the head that scores "
          "all pairs of a proteome.",
          {integerOption("hidden", "Hidden units", 128, 1, 4096, "Size of the hidden layer."),
           integerOption("bilinear", "Bilinear units", 32, 1, 1024,
                         "Products of the two proteins' numbers beside the hidden layer.")}};
}

std::shared_ptr<Head> makeFactorised(const HeadRequest& request) {
  return std::make_shared<FactorisedHead>(
      FactorisedHead::Shape{request.width, request.options.integer("hidden"),
                            request.options.integer("bilinear")},
      Dropout(request.dropout, request.noise));
}

}  // namespace twofold::models
