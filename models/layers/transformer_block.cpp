#include "models/layers/transformer_block.h"

#include <ATen/ATen.h>

#include <utility>

#include "models/layers/attention.h"

namespace twofold::models {

at::Tensor layerNorm(const at::Tensor& rows, const LayerNormWeights& weights, double epsilon) {
  return at::layer_norm(rows, {rows.size(-1)}, weights.weight, weights.bias, epsilon);
}

TransformerBlock::TransformerBlock(Parts parts) : m_parts(std::move(parts)) {}

void TransformerBlock::apply(at::Tensor& hidden, const PackedBatch& batch) const {
  const std::int64_t width = hidden.size(1);
  const at::Tensor qkv = m_parts.qkv(layerNorm(hidden, m_parts.attentionNorm, m_parts.epsilon))
                             .view({batch.rows(), 3, m_parts.heads, width / m_parts.heads});
  hidden.add_(m_parts.attentionOutput(rotaryAttention(qkv, batch)));
  const at::Tensor wide =
      m_parts.up.gelu(layerNorm(hidden, m_parts.feedForwardNorm, m_parts.epsilon));
  hidden.add_(m_parts.down(wide));
}

}  // namespace twofold::models
