#include "models/backbones/encoder_weights.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <vector>

namespace twofold::models {

TransformerBlock EncoderWeights::block(std::int64_t layer, NormPlace norms) {
  const std::string name = fmt::format("encoder.layer.{}.", layer);
  const std::int64_t width = m_shape.width;
  const std::int64_t wide = m_shape.feedForwardWidth;
  const bool before = norms == NormPlace::Before;
  return TransformerBlock(
      {norm(name + (before ? "attention.LayerNorm" : "attention.output.LayerNorm")),
       qkv(name + "attention.self."),
       linear(name + "attention.output.dense", width, width),
       norm(name + (before ? "LayerNorm" : "output.LayerNorm")),
       linear(name + "intermediate.dense", wide, width),
       linear(name + "output.dense", width, wide),
       {m_shape.heads, m_shape.heads, width / m_shape.heads},
       m_shape.epsilon,
       norms});
}

LayerNormWeights EncoderWeights::norm(const std::string& name) {
  return {m_weights.take(name + ".weight", {m_shape.width}).to(m_arithmetic.options),
          m_weights.take(name + ".bias", {m_shape.width}).to(m_arithmetic.options)};
}

at::Tensor EncoderWeights::table(const std::string& name, std::int64_t rows) {
  return m_weights.take(name + ".weight", {rows, m_shape.width}).to(m_arithmetic.options);
}

FrozenLinear EncoderWeights::linear(const std::string& name, std::int64_t out, std::int64_t in) {
  const at::Tensor weight = m_weights.take(name + ".weight", {out, in});
  return {weight, m_weights.take(name + ".bias", {out}), m_arithmetic};
}

FrozenLinear EncoderWeights::qkv(const std::string& name) {
  std::vector<at::Tensor> weights;
  std::vector<at::Tensor> biases;
  for (const char* part : {"query", "key", "value"}) {
    weights.push_back(m_weights.take(name + part + ".weight", {m_shape.width, m_shape.width}));
    biases.push_back(m_weights.take(name + part + ".bias", {m_shape.width}));
  }
  return {at::cat(weights), at::cat(biases), m_arithmetic};
}

}  // namespace twofold::models
