#include "models/pretraining/esm2_learner.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <fmt/format.h>

#include <cmath>
#include <cstring>

#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/tokenizers/residue_tokenizer.h"
#include "models/pretraining/rotary_attention.h"

namespace twofold::models {

namespace {

using tokenizers::Esm2Vocabulary;

constexpr double kDeviation = 0.02;  // of first weights, as published
constexpr double kTemperature = 0.1;
constexpr std::int64_t kPartnerWidth = 128;

std::string layerName(std::int64_t layer) {
  return fmt::format("layer.{}.", layer);
}

/// A seed of a weight's own, so that a tensor depends on seed and name alone.
std::uint64_t seedOf(std::uint64_t seed, const std::string& name) {
  return derivedSeed(seed, std::stoull(sha256(name).substr(0, 15), nullptr, 16));
}

}  // namespace

Esm2Learner::Esm2Learner(const LearnerSettings& settings) : m_settings(settings) {
  const auto& shape = settings.shape;
  const std::int64_t width = shape.width;
  m_table = rotaryTable(rotaryFrequencies(shape.headWidth(), shape.rotaryBase), settings.longest);
  // What is added to the residual stream starts smaller the more layers add to it (Radford et al.
  // 2019), which lets the first steps be large.
  const double residual = kDeviation / std::sqrt(2.0 * static_cast<double>(shape.layers));
  const auto makeLinear = [&](const std::string& name, std::int64_t out, std::int64_t in,
                              double deviation) {
    make(name + ".weight", {out, in}, deviation);
    make(name + ".bias", {out}, 0);
  };
  const auto makeNorm = [&](const std::string& name) {
    m_weights[name + ".weight"] = at::ones({width}).requires_grad_();
    make(name + ".bias", {width}, 0);
  };
  make("tokens.weight", {Esm2Vocabulary::kSize, width}, kDeviation);
  for (std::int64_t layer = 0; layer < shape.layers; ++layer) {
    const auto name = layerName(layer);
    makeNorm(name + "attention_norm");
    makeLinear(name + "qkv", 3 * width, width, kDeviation);
    makeLinear(name + "attention_output", width, width, residual);
    makeNorm(name + "feed_forward_norm");
    makeLinear(name + "up", shape.feedForwardWidth, width, kDeviation);
    makeLinear(name + "down", width, shape.feedForwardWidth, residual);
  }
  makeNorm("last_norm");
  makeLinear("language.dense", width, width, kDeviation);
  makeNorm("language.norm");
  make("language.bias", {Esm2Vocabulary::kSize}, 0);
  makeLinear("partner.dense", width, width, 1 / std::sqrt(static_cast<double>(width)));
  makeLinear("partner.output", kPartnerWidth, width, 1 / std::sqrt(static_cast<double>(width)));
}

void Esm2Learner::make(const std::string& name, at::IntArrayRef shape, double deviation) {
  at::Tensor tensor = at::zeros(shape);
  if (deviation > 0) {
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seedOf(m_settings.seed, name));
    tensor.normal_(0, deviation, generator);
  }
  m_weights[name] = tensor.requires_grad_();
}

at::Tensor Esm2Learner::weight(const std::string& name) const {
  return m_weights.at(name).to(m_settings.type);
}

at::Tensor Esm2Learner::linear(const at::Tensor& rows, const std::string& name) const {
  return at::linear(rows, weight(name + ".weight"), weight(name + ".bias"));
}

at::Tensor Esm2Learner::norm(const at::Tensor& rows, const std::string& name) const {
  return at::layer_norm(rows, {m_settings.shape.width}, weight(name + ".weight"),
                        weight(name + ".bias"), m_settings.shape.layerNormEpsilon);
}

/// A product with one-hot rows: torch's gradient of a gather adds row by row on one core. Masks
/// have no entry, since their embedding is zero, and the row's scale stands for the one.
at::Tensor Esm2Learner::embedded(const MaskedBatch& batch) const {
  const auto count = static_cast<std::int64_t>(batch.inputs.size());
  const std::int64_t length = count / static_cast<std::int64_t>(batch.scales.size());
  at::Tensor chosen = at::zeros({count, Esm2Vocabulary::kSize}, at::kFloat);
  auto* values = chosen.mutable_data_ptr<float>();
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t token = batch.inputs[static_cast<std::size_t>(i)];
    if (token != Esm2Vocabulary::kMask) {
      values[i * Esm2Vocabulary::kSize + token] =
          batch.scales[static_cast<std::size_t>(i / length)];
    }
  }
  return at::matmul(chosen.to(m_settings.type), weight("tokens.weight"));
}

at::Tensor Esm2Learner::hidden(const MaskedBatch& batch, std::int64_t rows,
                               std::int64_t length) const {
  const EqualRows equal{rows, length, m_settings.shape.heads};
  at::Tensor hidden = embedded(batch);
  for (std::int64_t layer = 0; layer < m_settings.shape.layers; ++layer) {
    const auto name = layerName(layer);
    const at::Tensor qkv = linear(norm(hidden, name + "attention_norm"), name + "qkv");
    hidden = hidden + linear(rotaryAttention(qkv, equal, m_table), name + "attention_output");
    const at::Tensor wide = at::gelu(linear(norm(hidden, name + "feed_forward_norm"), name + "up"));
    hidden = hidden + linear(wide, name + "down");
  }
  return norm(hidden, "last_norm");
}

at::Tensor Esm2Learner::maskedLoss(const at::Tensor& hidden, const MaskedBatch& batch) const {
  const at::Tensor places = at::tensor(batch.places, at::kLong);
  const at::Tensor dense = at::gelu(linear(hidden.index_select(0, places), "language.dense"));
  const at::Tensor logits =
      at::linear(norm(dense, "language.norm"), weight("tokens.weight")).to(at::kFloat) +
      m_weights.at("language.bias");
  return at::cross_entropy_loss(logits, at::tensor(batch.targets, at::kLong));
}

at::Tensor Esm2Learner::partnerLoss(const at::Tensor& hidden, std::int64_t rows,
                                    std::int64_t length) const {
  const auto full = [&](const at::Tensor& values, const std::string& name) {
    return at::linear(values, m_weights.at(name + ".weight"), m_weights.at(name + ".bias"));
  };
  const at::Tensor pooled = hidden.view({rows, length, -1}).mean(1, false, at::kFloat);
  const at::Tensor raw = full(at::gelu(full(pooled, "partner.dense")), "partner.output");
  const at::Tensor unit = raw / raw.square().sum(1, true).add(1e-12).sqrt();
  const at::Tensor likeness = at::matmul(unit, unit.t()) / kTemperature;
  const at::Tensor own = at::eye(rows, at::kBool);
  const at::Tensor order = at::arange(rows, at::kLong);
  return at::cross_entropy_loss(likeness.masked_fill(own, -1e9), order.bitwise_xor(1));
}

}  // namespace twofold::models
