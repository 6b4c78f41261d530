#include "models/backbones/bert_network.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "models/backbones/encoder_weights.h"

namespace twofold::models {

BertNetwork::BertNetwork(const BertConfig& config, WeightSource& weights,
                         const Arithmetic& arithmetic)
    : m_config(config), m_hasGradients(arithmetic.hasGradients) {
  const c10::AutoGradMode gradients(arithmetic.hasGradients);
  EncoderWeights reader(
      {config.width, config.heads, config.feedForwardWidth, config.layerNormEpsilon}, weights,
      arithmetic);
  m_words = reader.table("embeddings.word_embeddings", config.vocabulary);
  m_places = reader.table("embeddings.position_embeddings", config.positions) +
             reader.table("embeddings.token_type_embeddings", config.tokenTypes)[0];
  m_embeddingNorm = reader.norm("embeddings.LayerNorm");
  m_blocks.reserve(static_cast<std::size_t>(config.layers));
  for (std::int64_t layer = 0; layer < config.layers; ++layer) {
    m_blocks.push_back(reader.block(layer, NormPlace::Behind));
  }
}

at::Tensor BertNetwork::forward(const TokenBatch& batch, const std::stop_token& stop,
                                const LayerSink& sink) const {
  const c10::AutoGradMode gradients(m_hasGradients);
  const PackedBatch packed(batch.lengths, device());
  const at::Tensor words = m_words.index_select(0, at::tensor(batch.ids, at::kLong).to(device()));
  at::Tensor hidden = layerNorm(words + m_places.index_select(0, packed.positions()),
                                m_embeddingNorm, m_config.layerNormEpsilon);
  applyBlocks(m_blocks, hidden, packed, stop, sink);
  if (sink) {
    sink(m_config.layers, hidden);
  }
  return hidden;
}

}  // namespace twofold::models
