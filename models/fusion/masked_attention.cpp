#include "models/fusion/masked_attention.h"

#include <fmt/format.h>
#include <torch/nn/modules/linear.h>

#include <cmath>
#include <limits>

#include "core/base/error.h"

namespace twofold::models {

namespace {

/// One query for all pairs, so the cost is linear in the tokens. A learned null token stands
/// beside them and is always present: the softmax is defined when no channel is.
class MaskedAttention : public Fusion {
 public:
  MaskedAttention(std::int64_t slots, std::int64_t width, std::int64_t heads)
      : m_heads(heads),
        m_headWidth(width / heads),
        m_slotEmbedding(register_parameter("slot_embedding", at::randn({slots, width}) * 0.02)),
        m_nullToken(register_parameter("null_token", at::randn({1, width}) * 0.02)),
        m_query(register_parameter("query", at::randn({heads, width / heads}))),
        m_key(register_module("key", torch::nn::Linear(width, width))),
        m_value(register_module("value", torch::nn::Linear(width, width))),
        m_out(register_module("out", torch::nn::Linear(width, width))) {}

  at::Tensor forward(const at::Tensor& tokens, const at::Tensor& present) override {
    const auto batch = tokens.size(0);
    const auto width = m_heads * m_headWidth;
    const auto placed = at::cat(
        {m_nullToken.to(tokens.scalar_type()).expand({batch, 1, width}), tokens + m_slotEmbedding},
        1);
    const auto visible = at::cat({at::ones({batch, 1}, present.options()), present}, 1);
    const auto keys = m_key(placed).view({batch, -1, m_heads, m_headWidth});
    const auto values = m_value(placed).view({batch, -1, m_heads, m_headWidth});
    const auto logits = (keys * m_query).sum(-1) / std::sqrt(static_cast<double>(m_headWidth));
    const auto weights =
        logits.masked_fill(~visible.unsqueeze(-1), -std::numeric_limits<float>::infinity())
            .softmax(1);
    return m_out((weights.unsqueeze(-1) * values).sum(1).reshape({batch, width}));
  }

 private:
  std::int64_t m_heads;
  std::int64_t m_headWidth;
  at::Tensor m_slotEmbedding;
  at::Tensor m_nullToken;
  at::Tensor m_query;
  torch::nn::Linear m_key;
  torch::nn::Linear m_value;
  torch::nn::Linear m_out;
};

}  // namespace

Descriptor maskedAttentionDescriptor() {
  return {"attention",
          "Masked attention",
          "A learned query weighs the channels that a pair has; missing ones are left out.",
          {integerOption("heads", "Heads", 4, 1, 64,
                         "Independent weightings; must divide the token width.")}};
}

std::shared_ptr<Fusion> makeMaskedAttention(const FusionRequest& request) {
  const auto heads = request.options.integer("heads");
  if (request.width % heads != 0) {
    throw Error(ErrorKind::Usage,
                fmt::format("fusion.heads = {} does not divide training.width = {}; choose a "
                            "width that is a multiple of the heads",
                            heads, request.width));
  }
  return std::make_shared<MaskedAttention>(request.tokens, request.width, heads);
}

}  // namespace twofold::models
