#include "models/channels/calpha_encoder.h"

#include <ATen/ATen.h>
#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>

#include <vector>

#include "models/learning/row_noise.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kMessage = 32;  // numbers of a message
constexpr std::int64_t kCentre = 64;   // and of a centre
constexpr std::int64_t kHeads = 4;
constexpr std::int64_t kKind = 8;  // numbers of a learned kind or step
constexpr std::int64_t kBases = 16;
constexpr double kFirstBase = 2;  // angstrom
constexpr double kLastBase = 20;
constexpr double kBaseWidth = 1.25;
constexpr double kLeastTrust = 0.05;    // of pLDDT / 100: an unsure residue still counts a little
constexpr std::int64_t kAtOnce = 32;    // proteins, where no gradient needs them all in memory
constexpr double kPerCount = 1.0 / 32;  // brings counts and lengths near 1
constexpr double kPerAngstrom = 1.0 / 20;

constexpr std::int64_t kCentreInputs = kKind + 7;
constexpr std::int64_t kNeighbourInputs = kBases + 3 + 1 + 6 + 2 * kKind + 2;

using torch::nn::Linear;

/// The numbers as they are where `known`, 0 elsewhere even where they are not numbers.
at::Tensor where(const at::Tensor& known, const at::Tensor& numbers) {
  return numbers.masked_fill(~known, 0);
}

/// Mean 0 and deviation 1 over the proteins seen in training so far: shapes differ by little beside
/// what all have in common, and without this the model spends its epochs on finding that little.
/// Not by the batch at hand, so that a protein's token depends on no other of its batch but through
/// what was learned.
class SeenSoFar : public torch::nn::Module {
 public:
  explicit SeenSoFar(std::int64_t size)
      : m_mean(register_buffer("mean", at::zeros({size}))),
        m_variance(register_buffer("variance", at::ones({size}))),
        m_batches(register_buffer("batches", at::zeros({1}))) {}

  /// `values` [N, size], float; `known` [N] bool: what counts when training.
  at::Tensor forward(const at::Tensor& values, const at::Tensor& known) {
    if (is_training()) {
      learn(values.detach(), known.unsqueeze(1).to(at::kFloat));
    }
    // A copy: the buffers may change before the gradient is taken.
    return (values - m_mean.clone()) * (m_variance + kLeastVariance).rsqrt();
  }

 private:
  static constexpr double kLeastVariance = 1e-6;
  static constexpr double kSlowest = 0.02;  // a batch counts at least this much

  void learn(const at::Tensor& values, const at::Tensor& counts) {
    const at::NoGradGuard noGradients;
    const at::Tensor count = counts.sum();
    const at::Tensor mean = (values * counts).sum(0) / count.clamp_min(1);
    const at::Tensor variance = ((values - mean).square() * counts).sum(0) / count.clamp_min(1);
    const at::Tensor isEnough = count > 1;
    m_batches.add_(isEnough.to(at::kFloat));
    const at::Tensor step = (1 / m_batches.clamp_min(1)).clamp_min(kSlowest) * isEnough;
    m_mean.add_(step * (mean - m_mean));
    m_variance.add_(step * (variance - m_variance));
  }

  at::Tensor m_mean;
  at::Tensor m_variance;
  at::Tensor m_batches;
};

class CalphaEncoder : public TokenEncoder {
 public:
  CalphaEncoder(const CalphaEncoderShape& shape, const EncoderShape& to)
      : m_shape(shape),
        m_dropout(to.dropout, to.noise),
        m_kinds(register_module("kinds", torch::nn::Embedding(kResidueKinds, kKind))),
        m_steps(register_module("steps", torch::nn::Embedding(2 * kLongestStepCounted + 1, kKind))),
        m_centre(register_module("centre", Linear(kCentreInputs, kCentre))),
        m_neighbour(register_module("neighbour", Linear(kNeighbourInputs, kMessage))),
        m_receiver(register_module("receiver", Linear(kCentre, kMessage))),
        m_message(register_module("message", Linear(kMessage, kMessage))),
        m_update(register_module("update", Linear(2 * kMessage + kCentre, kCentre))),
        m_norm(
            register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({kCentre})))),
        m_score(register_module("score", Linear(kCentre, shape.tokens * kHeads))),
        m_value(register_module("value", Linear(kCentre, kCentre))),
        m_seen(register_module("seen", std::make_shared<SeenSoFar>(shape.tokens * kCentre))),
        m_token(register_module("token", Linear(kCentre, to.width))) {}

  [[nodiscard]] std::int64_t tokens(std::int64_t /*rows*/) const override { return m_shape.tokens; }

  at::Tensor forward(const at::Tensor& rows) override {
    if (at::GradMode::is_enabled() || rows.size(0) <= kAtOnce) {
      return encoded(rows);
    }
    std::vector<at::Tensor> parts;
    for (const at::Tensor& part : rows.split(kAtOnce)) {
      parts.push_back(encoded(part));
    }
    return at::cat(parts);
  }

 private:
  at::Tensor encoded(const at::Tensor& rows) {
    const auto n = rows.size(0);
    const at::Tensor centre = rows.narrow(2, 0, kCentreNumbers);
    const at::Tensor neighbours =
        rows.narrow(2, kCentreNumbers, m_shape.graph.neighbours * kNeighbourNumbers)
            .reshape({n, -1, m_shape.graph.neighbours, kNeighbourNumbers});
    const at::Tensor known = centre.select(2, kCentreKnown) > 0.5;
    const at::Tensor linked = (neighbours.select(3, kNeighbourKnown) > 0.5) & known.unsqueeze(2);
    at::Tensor state = m_centre(centreInputs(where(known.unsqueeze(2), centre)));
    state = state + updated(state, where(linked.unsqueeze(3), neighbours), linked);
    return pooled(m_norm(at::gelu(state)), where(known.unsqueeze(2), centre), known);
  }

  /// [N, centres, numbers] -> [N, centres, kCentreInputs].
  at::Tensor centreInputs(const at::Tensor& centre) {
    const at::Tensor trusted = centre.narrow(2, kCentreHasTrust, 1) > 0.5;
    return at::cat({kinds(centre.select(2, kCentreKind)), trusted.to(centre.scalar_type()),
                    where(trusted, centre.narrow(2, kCentreTrust, 1)),
                    centre.narrow(2, kCentreDepth, 1) * kPerAngstrom,
                    centre.narrow(2, kCentreNear, 2) * kPerCount, centre.narrow(2, kCentreUp, 1),
                    centre.narrow(2, kCentreLength, 1) - 5},
                   2);
  }

  /// [N, centres, neighbours, numbers] -> [N, centres, neighbours, kNeighbourInputs].
  at::Tensor neighbourInputs(const at::Tensor& neighbours) {
    const auto part = [&](std::int64_t first, std::int64_t size) {
      return neighbours.narrow(3, first, size);
    };
    const at::Tensor turned = part(kNeighbourHasTurn, 1) > 0.5;
    const at::Tensor trusted = part(kNeighbourHasTrust, 1) > 0.5;
    const auto type = neighbours.scalar_type();
    const at::Tensor bases =
        at::linspace(kFirstBase, kLastBase, kBases, neighbours.options().requires_grad(false));
    const at::Tensor apart = (part(kNeighbourDistance, 1) - bases) / kBaseWidth;
    const at::Tensor steps =
        neighbours.select(3, kNeighbourStep).clamp(-kLongestStepCounted, kLongestStepCounted) +
        kLongestStepCounted;
    return at::cat({(-apart * apart).exp(), part(kNeighbourWay, 3), turned.to(type),
                    where(turned, part(kNeighbourTurn, 6)), m_steps(steps.to(at::kLong)),
                    kinds(neighbours.select(3, kNeighbourKind)), trusted.to(type),
                    where(trusted, part(kNeighbourTrust, 1))},
                   3);
  }

  at::Tensor kinds(const at::Tensor& numbers) {
    return m_kinds(numbers.clamp(0, kResidueKinds - 1).to(at::kLong));
  }

  at::Tensor updated(const at::Tensor& state, const at::Tensor& neighbours,
                     const at::Tensor& linked) {
    const at::Tensor hidden =
        at::gelu(m_neighbour(neighbourInputs(neighbours)) + m_receiver(state).unsqueeze(2));
    // The share keeps this continuous: a neighbour at the edge counts as one that is not there.
    const at::Tensor share = neighbours.narrow(3, kNeighbourShare, 1);
    const at::Tensor messages = (m_message(hidden) * share).masked_fill(~linked.unsqueeze(3), 0);
    const at::Tensor mean = messages.sum(2) / share.sum(2).clamp_min(1);
    const at::Tensor most = messages.amax(2).clamp_min(0);
    return m_update(at::cat({at::gelu(state), mean, most}, 2));
  }

  /// [N, centres, kCentre] -> [N, tokens, width].
  at::Tensor pooled(const at::Tensor& state, const at::Tensor& centre, const at::Tensor& known) {
    const auto n = state.size(0);
    const auto tokens = m_shape.tokens;
    const at::Tensor trusted = centre.select(2, kCentreHasTrust) > 0.5;
    const at::Tensor trust =
        centre.select(2, kCentreTrust).clamp(kLeastTrust, 1).masked_fill(~trusted, 1).unsqueeze(2);
    const at::Tensor seen = known.unsqueeze(2);
    // A finite lowest score: a softmax over nothing but -inf would be no number.
    const at::Tensor scores =
        (m_score(state).to(at::kFloat) + trust.log()).masked_fill(~seen, -1e4);
    const at::Tensor weights =
        scores.softmax(1).masked_fill(~seen, 0);  // [N, centres, tokens * heads]
    const at::Tensor values = m_value(state).to(at::kFloat).view({n, -1, kHeads, kCentre / kHeads});
    const at::Tensor sums =
        at::einsum("ncth,nchd->nthd", {weights.view({n, -1, tokens, kHeads}), values});
    const at::Tensor apart = m_seen->forward(sums.reshape({n, tokens * kCentre}), known.any(1))
                                 .view({n, tokens, kCentre});
    return m_token(m_dropout(apart, is_training()));
  }

  CalphaEncoderShape m_shape;
  Dropout m_dropout;
  torch::nn::Embedding m_kinds;
  torch::nn::Embedding m_steps;
  Linear m_centre;
  Linear m_neighbour;
  Linear m_receiver;
  Linear m_message;
  Linear m_update;
  torch::nn::LayerNorm m_norm;
  Linear m_score;
  Linear m_value;
  std::shared_ptr<SeenSoFar> m_seen;
  Linear m_token;
};

}  // namespace

std::shared_ptr<TokenEncoder> makeCalphaEncoder(const CalphaEncoderShape& shape,
                                                const EncoderShape& to) {
  return std::make_shared<CalphaEncoder>(shape, to);
}

}  // namespace twofold::models
