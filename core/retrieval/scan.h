// The exact nearest of one query by reading every row, and the proof obligations of a faster
// search.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/retrieval/coarse_rows.h"
#include "core/retrieval/neighbour.h"

namespace twofold::retrieval {

struct ScanQuery {
  const float* vector = nullptr;  // of the rows' width
  std::size_t k = 0;              // at most the rows that are not left out
  std::int64_t excluded = kNone;  // this row is left out
};

/// Distances of the candidates summed in double and rounded to float32; the k nearest of them, ties
/// by index.
[[nodiscard]] std::vector<Neighbour> nearestOf(VectorsView rows, const ScanQuery& query,
                                               std::span<const std::uint32_t> candidates);

/// The k nearest of all rows as nearestOf() orders them. A first pass over the coarse rows names
/// those that may be near enough, a second measures these in float32, and what its rounding leaves
/// possible is measured in double.
[[nodiscard]] std::vector<Neighbour> nearestByScan(VectorsView rows, const CoarseRows& coarse,
                                                   const ScanQuery& query, std::size_t threads);

}  // namespace twofold::retrieval
