// The small pair head that fine-tuning trains beside the adapters, and then throws away.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>

namespace twofold::models {

/// Symmetric: of embeddings u and v it sees u + v, u v and |u - v|, each normalised.
class TuningHead {
 public:
  /// Draws its weights from the seed.
  TuningHead(std::int64_t width, std::uint64_t seed);

  void to(at::Device device);
  /// u, v [pairs, width] -> logits [pairs], float32.
  [[nodiscard]] at::Tensor logits(const at::Tensor& u, const at::Tensor& v) const;
  [[nodiscard]] std::map<std::string, at::Tensor>& weights() { return m_weights; }

 private:
  std::map<std::string, at::Tensor> m_weights;
};

}  // namespace twofold::models
