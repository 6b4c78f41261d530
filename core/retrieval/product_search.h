// The exact nearest of many queries by FAISS's matrix products, with proof.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/retrieval/scan.h"

namespace twofold::retrieval {

/// Queries of one search, as they are compared.
struct PreparedQueries {
  std::vector<float> values;           // [queries, width]
  std::vector<double> squaredLengths;  // [queries]
  std::size_t k = 0;
  std::span<const std::int64_t> excluded;  // empty or [queries]

  [[nodiscard]] ScanQuery one(std::size_t index, std::size_t width) const {
    return {values.data() + index * width, k, excluded.empty() ? kNone : excluded[index]};
  }
};

struct SearchedRows {
  VectorsView rows;
  const CoarseRows& coarse;
  const std::vector<float>& squaredLengths;  // of the rows, in float32 as FAISS makes them
};

struct QueryRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

using TakeNeighbours = std::function<void(std::size_t query, const std::vector<Neighbour>&)>;

/// The same neighbours as nearestByScan() for each query of the range, on the calling thread. Pays
/// from a few dozen queries on.
void searchByProducts(const SearchedRows& index, const PreparedQueries& queries, QueryRange range,
                      const TakeNeighbours& take);

/// From so many queries on FAISS multiplies matrices.
[[nodiscard]] std::size_t fewestForProducts() noexcept;

}  // namespace twofold::retrieval
