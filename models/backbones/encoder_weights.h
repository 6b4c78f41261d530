// The tensors of an encoder by the names that Hugging Face gives BERT and ESM-2 alike.
#pragma once

#include <string>

#include "models/backbones/weight_source.h"
#include "models/layers/transformer_block.h"

namespace twofold::models {

struct EncoderShape {
  std::int64_t width = 0;
  std::int64_t heads = 0;
  std::int64_t feedForwardWidth = 0;
  double epsilon = 1e-5;
};

class EncoderWeights {
 public:
  /// Borrows `weights`.
  EncoderWeights(const EncoderShape& shape, WeightSource& weights, const Arithmetic& arithmetic)
      : m_shape(shape), m_weights(weights), m_arithmetic(arithmetic) {}

  /// encoder.layer.N, with ESM-2's norms before the two halves or BERT's behind them. Throws
  /// Error(BadInput) when a tensor is missing or of another shape.
  [[nodiscard]] TransformerBlock block(std::int64_t layer, NormPlace norms);
  [[nodiscard]] LayerNormWeights norm(const std::string& name);
  /// A table such as embeddings.word_embeddings, in the network's type.
  [[nodiscard]] at::Tensor table(const std::string& name, std::int64_t rows);

 private:
  [[nodiscard]] FrozenLinear linear(const std::string& name, std::int64_t out, std::int64_t in);
  [[nodiscard]] FrozenLinear qkv(const std::string& name);

  EncoderShape m_shape;
  WeightSource& m_weights;
  Arithmetic m_arithmetic;
};

}  // namespace twofold::models
