#include "models/channels/random_features.h"

#include <cmath>
#include <numbers>
#include <numeric>

#include "core/base/random.h"

namespace twofold::models {

namespace {

constexpr std::uint64_t kSeed = 12;

}  // namespace

RandomFeatures::RandomFeatures(std::int64_t inputs, std::int64_t features, double length) {
  Random random(kSeed);
  const double scale = 1 / (length * std::sqrt(static_cast<double>(inputs)));
  m_directions.reserve(static_cast<std::size_t>(inputs * features) + 1);
  while (m_directions.size() < static_cast<std::size_t>(inputs * features)) {
    const auto [one, other] = random.normals();
    m_directions.push_back(static_cast<float>(one * scale));
    m_directions.push_back(static_cast<float>(other * scale));
  }
  for (std::int64_t i = 0; i < features; ++i) {
    m_phases.push_back(static_cast<float>(2 * std::numbers::pi * random.uniform()));
  }
}

std::vector<float> RandomFeatures::of(std::span<const float> values) const {
  const float scale = std::sqrt(2.0F / static_cast<float>(m_phases.size()));
  std::vector<float> features;
  features.reserve(m_phases.size());
  const float* direction = m_directions.data();
  for (const float phase : m_phases) {
    const float angle = std::inner_product(values.begin(), values.end(), direction, phase);
    features.push_back(scale * std::cos(angle));
    direction += values.size();
  }
  return features;
}

}  // namespace twofold::models
