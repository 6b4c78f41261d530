#include "models/backbones/llama_network.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <numbers>
#include <utility>

#include "models/layers/norm.h"
#include "models/layers/residual.h"
#include "models/layers/rotary.h"

namespace twofold::models {

namespace {

/// The tensors of one layer by their Hugging Face names.
class LlamaWeights {
 public:
  LlamaWeights(const LlamaConfig& config, WeightSource& weights, const Arithmetic& arithmetic)
      : m_config(config), m_weights(weights), m_arithmetic(arithmetic) {}

  LlamaBlock block(std::int64_t layer) {
    const std::string name = fmt::format("layers.{}.", layer);
    const std::int64_t wide = m_config.feedForwardWidth;
    const std::int64_t inner = m_config.heads * m_config.headWidth;
    const std::int64_t shared = m_config.keyHeads * m_config.headWidth;
    return LlamaBlock(
        {norm(name + "input_layernorm.weight"),
         stacked(name + "self_attn.", {{"q_proj", inner}, {"k_proj", shared}, {"v_proj", shared}},
                 {m_config.width, m_config.attentionBias}),
         stacked(name + "self_attn.", {{"o_proj", m_config.width}},
                 {inner, m_config.attentionBias}),
         norm(name + "post_attention_layernorm.weight"),
         stacked(name + "mlp.", {{"gate_proj", wide}, {"up_proj", wide}},
                 {m_config.width, m_config.feedForwardBias}),
         stacked(name + "mlp.", {{"down_proj", m_config.width}}, {wide, m_config.feedForwardBias}),
         {m_config.heads, m_config.keyHeads, m_config.headWidth, true},
         m_config.normEpsilon});
  }

  at::Tensor norm(const std::string& name) {
    return m_weights.take(name, {m_config.width}).to(m_arithmetic.options);
  }

 private:
  struct Part {
    const char* name;
    std::int64_t rows;
  };
  struct Input {
    std::int64_t width;
    bool hasBias;
  };

  /// Several layers over the same input as one.
  FrozenLinear stacked(const std::string& prefix, const std::vector<Part>& parts,
                       const Input& input) {
    std::vector<at::Tensor> weights;
    std::vector<at::Tensor> biases;
    for (const Part& part : parts) {
      weights.push_back(m_weights.take(prefix + part.name + ".weight", {part.rows, input.width}));
      if (input.hasBias) {
        biases.push_back(m_weights.take(prefix + part.name + ".bias", {part.rows}));
      }
    }
    return {at::cat(weights), input.hasBias ? at::cat(biases) : at::Tensor(), m_arithmetic};
  }

  const LlamaConfig& m_config;
  WeightSource& m_weights;
  Arithmetic m_arithmetic;
};

}  // namespace

at::Tensor llamaFrequencies(const LlamaConfig& config) {
  const at::Tensor plain = rotaryFrequencies(config.headWidth, config.rotaryBase);
  if (!config.stretch) {
    return plain / config.linearStretch;
  }
  const RopeStretch& stretch = *config.stretch;
  const at::Tensor wavelengths = 2 * std::numbers::pi / plain;
  const at::Tensor turns = stretch.trainedPositions / wavelengths;
  const at::Tensor blend = ((turns - stretch.lowFrequencyFactor) /
                            (stretch.highFrequencyFactor - stretch.lowFrequencyFactor))
                               .clamp(0, 1);
  return (1 - blend) * plain / stretch.factor + blend * plain;
}

LlamaBlock::LlamaBlock(Parts parts) : m_parts(std::move(parts)) {}

void LlamaBlock::apply(at::Tensor& hidden, const PackedBatch& batch) const {
  const at::Tensor qkv = m_parts.qkv(rmsNorm(hidden, m_parts.attentionNorm, m_parts.epsilon));
  addTo(hidden, m_parts.attentionOutput(attention(qkv, m_parts.shape, batch)));
  const auto halves =
      m_parts.gateAndUp(rmsNorm(hidden, m_parts.feedForwardNorm, m_parts.epsilon)).chunk(2, 1);
  addTo(hidden, m_parts.down(at::silu(halves[0]) * halves[1]));
}

LlamaNetwork::LlamaNetwork(const LlamaConfig& config, WeightSource& weights,
                           const Arithmetic& arithmetic)
    : m_config(config), m_hasGradients(arithmetic.hasGradients) {
  const c10::AutoGradMode gradients(arithmetic.hasGradients);
  m_tokens =
      weights.take("embed_tokens.weight", {config.vocabulary, config.width}).to(arithmetic.options);
  m_frequencies = llamaFrequencies(config).to(arithmetic.options.device());
  LlamaWeights reader(m_config, weights, arithmetic);
  m_blocks.reserve(static_cast<std::size_t>(config.layers));
  for (std::int64_t layer = 0; layer < config.layers; ++layer) {
    m_blocks.push_back(reader.block(layer));
  }
  m_lastNorm = reader.norm("norm.weight");
}

at::Tensor LlamaNetwork::forward(const TokenBatch& batch, const std::stop_token& stop,
                                 const LayerSink& sink) const {
  const c10::AutoGradMode gradients(m_hasGradients);
  const PackedBatch packed(batch.lengths, m_frequencies);
  at::Tensor hidden = m_tokens.index_select(0, at::tensor(batch.ids, at::kLong).to(device()));
  applyBlocks(m_blocks, hidden, packed, stop, sink);
  hidden = rmsNorm(hidden, m_lastNorm, m_config.normEpsilon);
  if (sink) {
    sink(m_config.layers, hidden);
  }
  return hidden;
}

}  // namespace twofold::models
