#include "models/layers/transformer_block.h"

#include <ATen/ATen.h>

#include <utility>

namespace twofold::models {

TransformerBlock::TransformerBlock(Parts parts) : m_parts(std::move(parts)) {}

at::Tensor TransformerBlock::attended(const at::Tensor& rows, const PackedBatch& batch) const {
  return m_parts.attentionOutput(attention(m_parts.qkv(rows), m_parts.shape, batch));
}

void TransformerBlock::apply(at::Tensor& hidden, const PackedBatch& batch) const {
  const auto& [first, second, epsilon] =
      std::tie(m_parts.attentionNorm, m_parts.feedForwardNorm, m_parts.epsilon);
  if (m_parts.norms == NormPlace::Before) {
    hidden.add_(attended(layerNorm(hidden, first, epsilon), batch));
    hidden.add_(m_parts.down(m_parts.up.gelu(layerNorm(hidden, second, epsilon))));
    return;
  }
  hidden = layerNorm(hidden.add_(attended(hidden, batch)), first, epsilon);
  hidden = layerNorm(m_parts.down(m_parts.up.gelu(hidden)).add_(hidden), second, epsilon);
}

}  // namespace twofold::models
