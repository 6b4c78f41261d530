// Vectors whose products are a Gaussian kernel of other vectors (Rahimi and Recht 2007).
// Torch-free.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace twofold::models {

/// product(features(x), features(y)) is about exp(-|x - y|^2 / (2 length^2 inputs)). Drawn from a
/// fixed seed: the same everywhere.
class RandomFeatures {
 public:
  RandomFeatures() = default;
  RandomFeatures(std::int64_t inputs, std::int64_t features, double length);

  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(m_phases.size()); }
  /// [inputs] -> [size()].
  [[nodiscard]] std::vector<float> of(std::span<const float> values) const;

 private:
  std::vector<float> m_directions;  // [size(), inputs]
  std::vector<float> m_phases;
};

}  // namespace twofold::models
