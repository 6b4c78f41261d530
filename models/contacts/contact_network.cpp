#include "models/contacts/contact_network.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <compare>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "models/backbones/weight_source.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kTile = 256;  // residues a side, in use
constexpr double kMomentum = 0.1;
constexpr double kEpsilon = 1e-5;

/// An order of embeddings that is no order of arguments.
std::strong_ordering ordered(const at::Tensor& a, const at::Tensor& b) {
  if (a.numel() != b.numel()) {
    return a.numel() <=> b.numel();
  }
  const float* left = a.const_data_ptr<float>();
  const float* right = b.const_data_ptr<float>();
  const auto [x, y] = std::mismatch(left, left + a.numel(), right);
  if (x == left + a.numel()) {
    return std::strong_ordering::equal;
  }
  return *x < *y ? std::strong_ordering::less : std::strong_ordering::greater;
}

}  // namespace

std::int64_t contactStepMemory(const ContactSettings& settings, std::int64_t cells) {
  // Of a residue pair: difference, its absolute, and the gradient; the hidden values before and
  // after the normalisation and the ReLU, the two products, and their gradients.
  const std::int64_t floats = 3 * settings.projection + 8 * settings.hidden + 4;
  return cells * floats * static_cast<std::int64_t>(sizeof(float));
}

ContactNetwork::ContactNetwork(const ContactSettings& settings, std::int64_t inputs,
                               std::uint64_t seed)
    : m_settings(settings), m_inputs(inputs), m_interaction(settings.pool) {
  const RandomWeights random(seed);
  const auto matrix = [&](const char* name, std::vector<std::int64_t> shape, std::int64_t fanIn) {
    return random.normal(name, shape, std::sqrt(2 / static_cast<double>(fanIn)));
  };
  const auto& s = m_settings;
  m_weights = {
      {"projection.weight", matrix("projection", {s.projection, inputs}, inputs)},
      {"projection.bias", at::zeros({s.projection})},
      {"compare.difference", matrix("difference", {s.hidden, s.projection}, 2 * s.projection)},
      {"compare.product", matrix("product", {s.hidden, s.projection}, 2 * s.projection)},
      {"norm.weight", at::ones({s.hidden})},
      {"norm.bias", at::zeros({s.hidden})},
      {"filter.weight",
       matrix("filter", {1, s.hidden, s.filter, s.filter}, s.hidden * s.filter * s.filter)},
      {"filter.bias", at::zeros({1})}};
  for (auto& [name, weight] : m_weights) {
    weight.requires_grad_(true);
  }
  m_statistics = {{"input.mean", at::zeros({inputs})},
                  {"input.deviation", at::ones({inputs})},
                  {"norm.mean", at::zeros({s.hidden})},
                  {"norm.variance", at::ones({s.hidden})}};
}

std::map<std::string, at::Tensor> ContactNetwork::weights() const {
  auto all = m_weights;
  all.insert(m_interaction.weights().begin(), m_interaction.weights().end());
  return all;
}

std::map<std::string, at::Tensor> ContactNetwork::state() const {
  auto all = weights();
  all.insert(m_statistics.begin(), m_statistics.end());
  for (auto& [name, tensor] : all) {
    tensor = tensor.detach().clone();
  }
  return all;
}

void ContactNetwork::restore(const std::map<std::string, at::Tensor>& state,
                             const std::string& source) {
  const c10::NoGradGuard noGradients;
  auto all = weights();
  all.insert(m_statistics.begin(), m_statistics.end());
  for (auto& [name, tensor] : all) {
    const auto found = state.find(name);
    if (found == state.end() || found->second.sizes() != tensor.sizes() ||
        found->second.scalar_type() != at::kFloat) {
      throw badInput(
          source, 0,
          fmt::format("\"{}\" is missing or of another shape; train the model again", name));
    }
    tensor.copy_(found->second);
  }
}

void ContactNetwork::standardiseWith(const at::Tensor& mean, const at::Tensor& deviation) {
  m_statistics.at("input.mean").copy_(mean);
  m_statistics.at("input.deviation").copy_(at::where(deviation > 0, deviation, 1.0));
}

at::Tensor ContactNetwork::symmetricFilter() const {
  const at::Tensor& weight = m_weights.at("filter.weight");
  return (weight + weight.transpose(2, 3)) / 2;
}

at::Tensor ContactNetwork::projected(const at::Tensor& rows, Mode mode) const {
  const at::Tensor scaled =
      (rows - m_statistics.at("input.mean")) / m_statistics.at("input.deviation");
  const at::Tensor values = at::relu(
      at::linear(scaled, m_weights.at("projection.weight"), m_weights.at("projection.bias")));
  return at::dropout(values, m_settings.dropout, mode == Mode::Training);
}

/// The 1x1 convolution of [|u - v|, u v], its normalisation and ReLU: [1, hidden, Lu, Lv]. The
/// product's half needs no tensor of all products: it is one matrix product a hidden value.
at::Tensor ContactNetwork::compared(const at::Tensor& u, const at::Tensor& v, Mode mode) const {
  const at::Tensor differences = (u.unsqueeze(1) - v.unsqueeze(0)).abs();
  const at::Tensor products =
      at::matmul(m_weights.at("compare.product").unsqueeze(1) * u.unsqueeze(0), v.t());
  const at::Tensor values =
      at::linear(differences, m_weights.at("compare.difference")).permute({2, 0, 1}) + products;
  // A single residue pair has no statistics.
  const bool isTraining = mode == Mode::Training && u.size(0) * v.size(0) > 1;
  return at::relu(at::batch_norm(values.unsqueeze(0), m_weights.at("norm.weight"),
                                 m_weights.at("norm.bias"), m_statistics.at("norm.mean"),
                                 m_statistics.at("norm.variance"), isTraining, kMomentum, kEpsilon,
                                 /*cudnn_enabled=*/false));
}

/// hidden [1, hidden, n, m] -> [n, m], zeros beyond the ends. Each value is multiplied with all
/// weights of the filter at once and the products are summed where they belong: a matrix product,
/// four times as fast as LibTorch's convolution to a single channel.
at::Tensor ContactNetwork::convolved(const at::Tensor& hidden) const {
  const std::int64_t side = m_settings.filter;
  const at::Tensor taps = symmetricFilter().flip({2, 3}).view({m_settings.hidden, side * side});
  const at::Tensor products = at::matmul(taps.t(), hidden.flatten(2));
  return at::col2im(products, {hidden.size(2), hidden.size(3)}, {side, side}, {1, 1},
                    {side / 2, side / 2}, {1, 1})
             .squeeze(0)
             .squeeze(0) +
         m_weights.at("filter.bias");
}

at::Tensor ContactNetwork::trainingLogits(const at::Tensor& a, const at::Tensor& b) {
  return convolved(
      compared(projected(a, Mode::Training), projected(b, Mode::Training), Mode::Training));
}

at::Tensor ContactNetwork::tiled(const at::Tensor& u, const at::Tensor& v,
                                 const std::stop_token& stop) const {
  const std::int64_t edge = m_settings.filter / 2;
  const at::Tensor map = at::empty({u.size(0), v.size(0)});
  /// The residues of a tile and their first neighbours to either side.
  const auto around = [&](const at::Tensor& rows, std::int64_t first) {
    return rows.slice(0, std::max<std::int64_t>(0, first - edge), first + kTile + edge);
  };
  for (std::int64_t i = 0; i < u.size(0); i += kTile) {
    const std::int64_t height = std::min(kTile, u.size(0) - i);
    for (std::int64_t j = 0; j < v.size(0); j += kTile) {
      throwIfStopped(stop);
      const std::int64_t width = std::min(kTile, v.size(0) - j);
      const at::Tensor tile = convolved(compared(around(u, i), around(v, j), Mode::Use));
      map.narrow(0, i, height)
          .narrow(1, j, width)
          .copy_(tile.narrow(0, std::min(i, edge), height).narrow(1, std::min(j, edge), width));
    }
  }
  return map;
}

ContactTensors ContactNetwork::predict(const at::Tensor& a, const at::Tensor& b,
                                       const std::stop_token& stop) const {
  const c10::NoGradGuard noGradients;
  const at::Tensor left = a.contiguous();
  const at::Tensor right = b.contiguous();
  const auto order = ordered(left, right);
  if (order > 0) {
    ContactTensors turned = predict(right, left, stop);
    turned.logits = turned.logits.t().contiguous();
    return turned;
  }
  at::Tensor logits = tiled(projected(left, Mode::Use), projected(right, Mode::Use), stop);
  if (order == 0) {
    logits = (logits + logits.t()) / 2;
  }
  return {logits, m_interaction.logit(logits.sigmoid())};
}

}  // namespace twofold::models
