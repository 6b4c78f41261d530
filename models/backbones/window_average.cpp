#include "models/backbones/window_average.h"

namespace twofold::models {

WindowAverage::WindowAverage(std::int64_t residues, std::int64_t width, std::int64_t windows)
    : m_width(static_cast<std::size_t>(width)),
      m_left(windows),
      m_sums(static_cast<std::size_t>(residues * width), 0.0F),
      m_counts(static_cast<std::size_t>(residues), 0.0F) {}

void WindowAverage::add(std::int64_t begin, const std::vector<float>& rows) {
  const auto first = static_cast<std::size_t>(begin);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    m_sums[first * m_width + i] += rows[i];
  }
  for (std::size_t i = 0; i < rows.size() / m_width; ++i) {
    m_counts[first + i] += 1.0F;
  }
  --m_left;
}

Embedding WindowAverage::result(bool perResidue) const {
  const std::size_t residues = m_counts.size();
  Embedding embedding{static_cast<std::int64_t>(residues), m_sums};
  for (std::size_t i = 0; i < embedding.values.size(); ++i) {
    embedding.values[i] /= m_counts[i / m_width];
  }
  if (perResidue) {
    return embedding;
  }
  std::vector<float> mean(m_width, 0.0F);
  for (std::size_t i = 0; i < embedding.values.size(); ++i) {
    mean[i % m_width] += embedding.values[i] / static_cast<float>(residues);
  }
  return {0, std::move(mean)};
}

}  // namespace twofold::models
