#include "models/learning/pair_model.h"

#include <torch/nn/modules/linear.h>

#include <utility>

namespace twofold::models {

namespace {

/// What stands where a channel is missing may be anything, even not a number; it must neither reach
/// the result nor its gradient. A channel that all have, as sequences are, needs no copy; on a GPU
/// asking costs more than copying.
at::Tensor cleared(const at::Tensor& rows, const at::Tensor& visible) {
  const bool areAllVisible = visible.is_cpu() && visible.all().item().toBool();
  return areAllVisible ? rows : rows.masked_fill(~visible.unsqueeze(2), 0);
}

}  // namespace

/// A row of a pair to a token: a linear path beside a hidden layer.
class PairEncoder : public torch::nn::Module {
 public:
  PairEncoder(std::int64_t features, std::int64_t width)
      : m_linear(register_module("linear", torch::nn::Linear(features, width))),
        m_hidden(register_module("hidden", torch::nn::Linear(features, 2 * width))),
        m_out(register_module("out", torch::nn::Linear(2 * width, width))) {}

  at::Tensor forward(const at::Tensor& rows) {
    return m_linear(rows) + m_out(at::gelu(m_hidden(rows)));
  }

 private:
  torch::nn::Linear m_linear;
  torch::nn::Linear m_hidden;
  torch::nn::Linear m_out;
};

/// One entry a channel; null where it has no such tokens.
struct PairModel::Joins {
  std::vector<torch::nn::Linear> proteins;  // 3 width -> width
  std::vector<std::shared_ptr<PairEncoder>> pairs;
};

PairModel::PairModel(PairModelParts parts)
    : m_parts(std::move(parts)), m_joins(std::make_unique<Joins>()) {
  const auto width = m_parts.width;
  for (std::size_t c = 0; c < m_parts.channels.size(); ++c) {
    const auto& id = m_parts.channels[c];
    m_joins->proteins.emplace_back(nullptr);
    m_joins->pairs.emplace_back();
    if (m_parts.tokens[c] > 0) {
      register_module("encoder_" + id, m_parts.encoders[c]);
    }
    if (m_parts.tokens[c] > 0 && !m_parts.head->takesProteins()) {
      m_joins->proteins.back() = register_module("join_" + id, torch::nn::Linear(3 * width, width));
    }
    if (m_parts.pairFeatures[c] > 0) {
      m_joins->pairs.back() = register_module(
          "pair_" + id, std::make_shared<PairEncoder>(m_parts.pairFeatures[c], width));
    }
  }
  register_module("fusion", m_parts.fusion);
  register_module("head", m_parts.head);
}

PairModel::~PairModel() = default;

at::Tensor PairModel::proteinTokens(const PairBatch& batch, std::size_t c,
                                    const at::Tensor& visible) {
  const auto a = m_parts.encoders[c]->forward(cleared(batch.a[c], visible));
  const auto b = m_parts.encoders[c]->forward(cleared(batch.b[c], visible));
  return m_joins->proteins[c](at::cat({a + b, (a - b).abs(), a * b}, -1));
}

at::Tensor PairModel::forward(const PairBatch& batch) {
  const at::Tensor logits = rawLogits(batch).to(at::kFloat);
  return is_training() ? logits : scaled(logits, m_scale);
}

at::Tensor scaled(const at::Tensor& logits, const metrics::LogitScale& scale) {
  return scale == metrics::LogitScale() ? logits : logits * scale.slope + scale.offset;
}

at::Tensor PairModel::rawLogits(const PairBatch& batch) {
  if (m_parts.head->takesProteins()) {
    const auto vectors = at::stack({proteinVectors(batch.a, batch.presentA),  //
                                    proteinVectors(batch.b, batch.presentB)});
    return m_parts.head->forward(vectors);
  }
  std::vector<at::Tensor> tokens;
  std::vector<at::Tensor> present;
  for (std::size_t c = 0; c < m_parts.channels.size(); ++c) {
    const auto column = static_cast<std::int64_t>(c);
    if (m_parts.tokens[c] > 0) {
      const auto visible = batch.present.select(1, column).unsqueeze(1);
      tokens.push_back(proteinTokens(batch, c, visible));
      present.push_back(visible.expand({-1, m_parts.tokens[c]}));
    }
    if (m_parts.pairFeatures[c] > 0) {
      const auto visible = batch.pairPresent.select(1, column).unsqueeze(1);
      tokens.push_back(m_joins->pairs[c]->forward(cleared(batch.pair[c], visible)));
      present.push_back(visible);
    }
  }
  const auto fused = m_parts.fusion->forward(at::cat(tokens, 1), at::cat(present, 1));
  return m_parts.head->forward(fused);
}

at::Tensor PairModel::proteinVectors(const std::vector<at::Tensor>& rows,
                                     const at::Tensor& present) {
  std::vector<at::Tensor> tokens;
  std::vector<at::Tensor> visible;
  for (std::size_t c = 0; c < m_parts.channels.size(); ++c) {
    const auto shown = present.select(1, static_cast<std::int64_t>(c)).unsqueeze(1);
    tokens.push_back(m_parts.encoders[c]->forward(cleared(rows[c], shown)));
    visible.push_back(shown.expand({-1, m_parts.tokens[c]}));
  }
  return m_parts.fusion->forward(at::cat(tokens, 1), at::cat(visible, 1));
}

void PairModel::hideAtRandom(PairBatch& batch, double probability) const {
  if (m_parts.head->takesProteins()) {
    batch.presentA = withChannelDropout(batch.presentA, probability, noise());
    batch.presentB = withChannelDropout(batch.presentB, probability, noise());
  } else {
    batch.keep(withChannelDropout(batch.anyEvidence(), probability, noise()));
  }
}

void PairBatch::keep(const at::Tensor& kept) {
  present = present & kept;
  pairPresent = pairPresent & kept;
  presentA = presentA & kept;
  presentB = presentB & kept;
}

at::Tensor withChannelDropout(const at::Tensor& present, double probability, RowNoise& noise) {
  const auto draw = noise.uniform(present.size(0), present.size(1))
                        .to(present.device())
                        .masked_fill(~present, -1);
  const auto last = draw == draw.amax(1, true);
  return present & ((draw >= probability) | last);
}

}  // namespace twofold::models
