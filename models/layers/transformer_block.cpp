#include "models/layers/transformer_block.h"

#include <ATen/ATen.h>

#include <utility>

#include "models/layers/residual.h"

namespace twofold::models {

TransformerBlock::TransformerBlock(Parts parts) : m_parts(std::move(parts)) {}

at::Tensor TransformerBlock::attended(const at::Tensor& rows, const PackedBatch& batch) const {
  return m_parts.attentionOutput(attention(m_parts.qkv(rows), m_parts.shape, batch));
}

void TransformerBlock::apply(at::Tensor& hidden, const PackedBatch& batch) const {
  const auto& [first, second, epsilon] =
      std::tie(m_parts.attentionNorm, m_parts.feedForwardNorm, m_parts.epsilon);
  if (m_parts.norms == NormPlace::Before) {
    addTo(hidden, attended(layerNorm(hidden, first, epsilon), batch));
    addTo(hidden, m_parts.down(m_parts.up.gelu(layerNorm(hidden, second, epsilon))));
    return;
  }
  addTo(hidden, attended(hidden, batch));
  hidden = layerNorm(hidden, first, epsilon);
  addTo(hidden, m_parts.down(m_parts.up.gelu(hidden)));
  hidden = layerNorm(hidden, second, epsilon);
}

}  // namespace twofold::models
