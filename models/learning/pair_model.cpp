#include "models/learning/pair_model.h"

#include <torch/nn/modules/linear.h>

#include <utility>

namespace twofold::models {

struct PairModel::Joins {
  std::vector<torch::nn::Linear> linear;  // one a channel, 3 width -> width
};

PairModel::PairModel(PairModelParts parts)
    : m_parts(std::move(parts)), m_joins(std::make_unique<Joins>()) {
  const auto width = m_parts.width;
  for (std::size_t c = 0; c < m_parts.channels.size(); ++c) {
    const auto& id = m_parts.channels[c];
    register_module("encoder_" + id, m_parts.encoders[c]);
    m_joins->linear.push_back(register_module("join_" + id, torch::nn::Linear(3 * width, width)));
  }
  register_module("fusion", m_parts.fusion);
  register_module("head", m_parts.head);
}

PairModel::~PairModel() = default;

at::Tensor PairModel::forward(const PairBatch& batch) {
  std::vector<at::Tensor> tokens;
  std::vector<at::Tensor> present;
  for (std::size_t c = 0; c < m_parts.channels.size(); ++c) {
    const auto visible = batch.present.select(1, static_cast<std::int64_t>(c)).unsqueeze(1);
    // What stands where a channel is missing may be anything, even not a number; it must neither
    // reach the result nor its gradient.
    const auto hidden = ~visible.unsqueeze(2);
    const auto a = m_parts.encoders[c]->forward(batch.a[c].masked_fill(hidden, 0));
    const auto b = m_parts.encoders[c]->forward(batch.b[c].masked_fill(hidden, 0));
    tokens.push_back(m_joins->linear[c](at::cat({a + b, (a - b).abs(), a * b}, -1)));
    present.push_back(visible.expand({-1, m_parts.rows[c]}));
  }
  const auto fused = m_parts.fusion->forward(at::cat(tokens, 1), at::cat(present, 1));
  return m_parts.head->forward(fused).to(at::kFloat);
}

at::Tensor withChannelDropout(const at::Tensor& present, double probability) {
  const auto draw =
      at::rand(present.sizes(), at::kFloat).to(present.device()).masked_fill(~present, -1);
  const auto last = draw == draw.amax(1, true);
  return present & ((draw >= probability) | last);
}

}  // namespace twofold::models
