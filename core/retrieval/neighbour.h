// Vectors as the searches of this room see them, and what they find.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace twofold::retrieval {

/// Borrowed: rows of `width` float32 values, row-major.
struct VectorsView {
  std::span<const float> values;
  std::size_t width = 0;

  [[nodiscard]] std::size_t rows() const { return width == 0 ? 0 : values.size() / width; }
  [[nodiscard]] const float* row(std::size_t index) const { return values.data() + index * width; }
};

struct Neighbour {
  std::uint32_t index = 0;  // of the vector in the index
  float distance = 0;

  friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

inline constexpr std::int64_t kNone = -1;

}  // namespace twofold::retrieval
