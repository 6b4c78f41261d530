#include "models/fusion/gated.h"

#include <torch/nn/modules/linear.h>

namespace twofold::models {

namespace {

constexpr double kSmallestGates = 1e-6;  // of a pair, together: what is divided by

/// Unlike attention's weights, a gate is decided by its token alone: another channel switched on
/// changes the average, never how far this one is open. A learned null token is always present, so
/// the average is defined when no channel is.
class Gated : public Fusion {
 public:
  Gated(std::int64_t slots, std::int64_t width)
      : m_slotEmbedding(register_parameter("slot_embedding", at::randn({slots, width}) * 0.02)),
        m_nullToken(register_parameter("null_token", at::randn({1, width}) * 0.02)),
        m_gate(register_module("gate", torch::nn::Linear(width, 1))),
        m_value(register_module("value", torch::nn::Linear(width, width))),
        m_out(register_module("out", torch::nn::Linear(width, width))) {}

  at::Tensor forward(const at::Tensor& tokens, const at::Tensor& present) override {
    const auto batch = tokens.size(0);
    const auto visible = present.unsqueeze(-1);
    const auto placed = at::cat(
        {m_nullToken.to(tokens.scalar_type()).expand({batch, 1, -1}),
         // Anything may stand in a missing slot; a gate of 0 times not a number is not a number.
         tokens.masked_fill(~visible, 0) + m_slotEmbedding},
        1);
    const auto always = at::ones({batch, 1, 1}, present.options());
    const auto gates = m_gate(placed).sigmoid().masked_fill(~at::cat({always, visible}, 1), 0);
    const auto open = (gates * m_value(placed)).sum(1);
    return m_out(open / gates.sum(1).clamp_min(kSmallestGates));
  }

 private:
  at::Tensor m_slotEmbedding;
  at::Tensor m_nullToken;
  torch::nn::Linear m_gate;
  torch::nn::Linear m_value;
  torch::nn::Linear m_out;
};

}  // namespace

Descriptor gatedDescriptor() {
  return {"gated",
          "Gated mean",
          "Each channel's token decides by itself how much it counts; missing ones are left out.",
          {}};
}

std::shared_ptr<Fusion> makeGated(const FusionRequest& request) {
  return std::make_shared<Gated>(request.tokens, request.width);
}

}  // namespace twofold::models
