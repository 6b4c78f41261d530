// From residue embeddings of packed proteins to one vector a protein.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

namespace twofold::models {

/// Rows begin … begin + count - 1 of a packed matrix.
struct RowRange {
  std::int64_t begin = 0;
  std::int64_t count = 0;
};

/// `rows` [total, width] of any float type -> [ranges, width] float32, summed in float32. Every
/// range holds at least one row.
[[nodiscard]] at::Tensor meanPooled(const at::Tensor& rows, std::span<const RowRange> ranges);

}  // namespace twofold::models
