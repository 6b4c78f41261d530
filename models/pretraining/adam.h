// AdamW (Loshchilov and Hutter 2019) with clipped gradients; its whole state can be saved.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>

namespace twofold::models {

class Adam {
 public:
  /// `weights` keep their gradients; matrices decay, vectors do not.
  Adam(const std::map<std::string, at::Tensor>& weights, double decay);

  /// One step with the gradients at hand, which are scaled down to length 1 when longer, and then
  /// cleared. Returns their length before; where that is no finite number, nothing was changed.
  /// Weights without a gradient stay.
  double step(double rate);

  [[nodiscard]] std::int64_t steps() const { return m_steps; }
  void setSteps(std::int64_t steps) { m_steps = steps; }
  /// Running means of the gradient and of its square, by weight.
  [[nodiscard]] const std::map<std::string, at::Tensor>& means() const { return m_means; }
  [[nodiscard]] const std::map<std::string, at::Tensor>& squares() const { return m_squares; }

 private:
  std::map<std::string, at::Tensor> m_weights;
  std::map<std::string, at::Tensor> m_means;
  std::map<std::string, at::Tensor> m_squares;
  double m_decay;
  std::int64_t m_steps = 0;
};

/// Linear rise over the first 2 % and half a cosine down to a twentieth of `peak`; `done` from 0
/// to 1.
[[nodiscard]] double learningRate(double peak, double done);

}  // namespace twofold::models
