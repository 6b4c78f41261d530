#include "models/learning/pair_model.h"

#include <torch/nn/modules/linear.h>

#include <utility>

namespace twofold::models {

struct PairModel::Joins {
  std::vector<torch::nn::Linear> linear;  // one a channel, 3 width -> width; or none
};

PairModel::PairModel(PairModelParts parts)
    : m_parts(std::move(parts)), m_joins(std::make_unique<Joins>()) {
  const auto width = m_parts.width;
  for (std::size_t c = 0; c < m_parts.channels.size(); ++c) {
    const auto& id = m_parts.channels[c];
    register_module("encoder_" + id, m_parts.encoders[c]);
    if (!m_parts.head->takesProteins()) {
      m_joins->linear.push_back(register_module("join_" + id, torch::nn::Linear(3 * width, width)));
    }
  }
  register_module("fusion", m_parts.fusion);
  register_module("head", m_parts.head);
}

PairModel::~PairModel() = default;

at::Tensor PairModel::forward(const PairBatch& batch) {
  if (m_parts.head->takesProteins()) {
    const auto vectors = at::stack({proteinVectors(batch.a, batch.presentA),  //
                                    proteinVectors(batch.b, batch.presentB)});
    return m_parts.head->forward(vectors).to(at::kFloat);
  }
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

at::Tensor PairModel::proteinVectors(const std::vector<at::Tensor>& rows,
                                     const at::Tensor& present) {
  std::vector<at::Tensor> tokens;
  std::vector<at::Tensor> visible;
  for (std::size_t c = 0; c < m_parts.channels.size(); ++c) {
    const auto shown = present.select(1, static_cast<std::int64_t>(c)).unsqueeze(1);
    tokens.push_back(m_parts.encoders[c]->forward(rows[c].masked_fill(~shown.unsqueeze(2), 0)));
    visible.push_back(shown.expand({-1, m_parts.rows[c]}));
  }
  return m_parts.fusion->forward(at::cat(tokens, 1), at::cat(visible, 1));
}

void PairModel::hideAtRandom(PairBatch& batch, double probability) const {
  if (m_parts.head->takesProteins()) {
    batch.presentA = withChannelDropout(batch.presentA, probability);
    batch.presentB = withChannelDropout(batch.presentB, probability);
  } else {
    batch.present = withChannelDropout(batch.present, probability);
  }
}

void PairBatch::keepOnly(const at::Tensor& active) {
  present = present & active;
  presentA = presentA & active;
  presentB = presentB & active;
}

at::Tensor withChannelDropout(const at::Tensor& present, double probability) {
  const auto draw =
      at::rand(present.sizes(), at::kFloat).to(present.device()).masked_fill(~present, -1);
  const auto last = draw == draw.amax(1, true);
  return present & ((draw >= probability) | last);
}

}  // namespace twofold::models
