#include "core/retrieval/product_search.h"

#include <faiss/utils/distances.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/retrieval/faiss_errors.h"

namespace twofold::retrieval {

namespace {

/// FAISS's loops and matrix products stay on the calling thread. Its own threads would wait for
/// each other by spinning, which on a busy machine costs ten times the search.
class OneOpenMpThread {
 public:
  OneOpenMpThread() { omp_set_num_threads(1); }
  ~OneOpenMpThread() { omp_set_num_threads(m_before); }
  OneOpenMpThread(const OneOpenMpThread&) = delete;
  OneOpenMpThread& operator=(const OneOpenMpThread&) = delete;

 private:
  int m_before = omp_get_max_threads();
};

/// What FAISS found for one query, by |q|^2 + |v|^2 - 2 q v in float32.
struct Rough {
  std::span<const float> distances;  // ascending
  std::span<const std::int64_t> rows;
};

/// The k nearest by double sums among what FAISS found, or nothing where its rounding leaves open
/// whether one of them is missing. A true neighbour is at most as far as the k-th of `found`, T, so
/// its length is at most |q| + sqrt(T), and it looks at most T + e away with e = 2 (width + 8) u
/// (|q|^2 + (|q| + sqrt(T))^2), the error of a dot product and two sums (Higham, section 3.1). It
/// was found if the last that FAISS found looks farther.
std::optional<std::vector<Neighbour>> provenNearest(VectorsView rows, const ScanQuery& query,
                                                    double squaredLength, const Rough& rough) {
  std::vector<std::uint32_t> candidates;
  for (const auto row : rough.rows) {
    if (row < 0) {
      return std::nullopt;
    }
    candidates.push_back(static_cast<std::uint32_t>(row));
  }
  auto found = nearestOf(rows, query, candidates);
  if (found.size() < query.k) {
    return std::nullopt;
  }
  if (candidates.size() < rows.rows()) {
    const double farthest = static_cast<double>(found.back().distance) * (1 + 0x1p-22);
    const double reach = std::sqrt(squaredLength) + std::sqrt(farthest);
    const double error =
        2 * static_cast<double>(rows.width + 8) * 0x1p-24 * (squaredLength + reach * reach);
    if (!(static_cast<double>(rough.distances.back()) > farthest + error)) {
      return std::nullopt;
    }
  }
  return found;
}

}  // namespace

void searchByProducts(const SearchedRows& index, const PreparedQueries& queries, QueryRange range,
                      const TakeNeighbours& take) {
  const auto& rows = index.rows;
  const std::size_t k = queries.k;
  const std::size_t margin = std::max<std::size_t>(32, k / 2);
  const std::size_t wanted = std::min(rows.rows(), k + margin);
  std::vector<float> distances((range.end - range.begin) * wanted);
  std::vector<std::int64_t> labels(distances.size());
  throughFaiss([&] {
    const OneOpenMpThread here;
    faiss::knn_L2sqr(queries.values.data() + range.begin * rows.width, rows.values.data(),
                     rows.width, range.end - range.begin, rows.rows(), wanted, distances.data(),
                     labels.data(), index.squaredLengths.data());
  });
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const auto query = queries.one(i, rows.width);
    const std::size_t at = (i - range.begin) * wanted;
    const Rough rough = {{distances.data() + at, wanted}, {labels.data() + at, wanted}};
    const auto found = provenNearest(rows, query, queries.squaredLengths[i], rough);
    take(i, found ? *found : nearestByScan(rows, index.coarse, query, 1));
  }
}

std::size_t fewestForProducts() noexcept {
  return static_cast<std::size_t>(faiss::distance_compute_blas_threshold);
}

}  // namespace twofold::retrieval
