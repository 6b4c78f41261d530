#include "models/layers/rotary.h"

#include <ATen/ATen.h>

namespace twofold::models {

at::Tensor rotaryFrequencies(std::int64_t headWidth, double theta) {
  const at::Tensor exponents = at::arange(0, headWidth, 2, at::kFloat) / headWidth;
  return at::pow(theta, exponents).reciprocal();
}

RotaryTable rotaryTable(const at::Tensor& frequencies, std::int64_t positions) {
  const at::Tensor angles =
      at::arange(positions, frequencies.options()).unsqueeze(1) * frequencies.unsqueeze(0);
  return {angles.cos(), angles.sin()};
}

at::Tensor rotated(const at::Tensor& heads, const RotaryTable& table) {
  const at::Tensor values = heads.to(at::kFloat);
  auto shape = std::vector<std::int64_t>(static_cast<std::size_t>(heads.dim()), 1);
  shape.front() = heads.size(0);
  shape.back() = heads.size(-1) / 2;
  const at::Tensor cosines = table.cosines.view(shape);
  const at::Tensor sines = table.sines.view(shape);
  const auto halves = values.chunk(2, -1);
  return at::cat({halves[0] * cosines - halves[1] * sines, halves[1] * cosines + halves[0] * sines},
                 -1)
      .to(heads.scalar_type());
}

}  // namespace twofold::models
