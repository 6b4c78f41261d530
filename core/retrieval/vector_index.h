// The nearest of many vectors, exactly: a few queries by a scan at the speed of the memory, many by
// FAISS's matrix products. Both give the same numbers in the same order.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/retrieval/neighbour.h"

namespace twofold::retrieval {

/// Cosine: half the squared distance of the vectors scaled to length 1, which is 1 - cosine.
enum class Distance { SquaredL2, Cosine };

struct NeighbourQuery {
  VectorsView vectors;  // one row a query, of the index's width
  std::size_t k = 0;
  std::span<const std::int64_t> excluded;  // empty, or for each query the index of the vector that
                                           // it must not find (its own), or kNone
  int threads = 0;                         // of scans; 0: as many as OpenMP is set to, as FAISS
};

/// Immutable; may be searched by several threads at once.
class VectorIndex {
 public:
  /// Copies the vectors. Throws Error(BadInput) naming the first with a NaN, an Inf, a length over
  /// 1e18 or, for Cosine, no length; Error(Internal) for no vectors or a ragged last row.
  VectorIndex(VectorsView vectors, Distance distance);
  ~VectorIndex();
  VectorIndex(VectorIndex&&) noexcept;
  VectorIndex& operator=(VectorIndex&&) noexcept;

  /// k neighbours a query, nearest first, equal distances by index: [queries, k] row-major. A stop
  /// is looked for every few hundred queries. Throws Error(Usage) when k is 0 or there are not k
  /// vectors to find; BadInput for a wrong width or a query as the constructor refuses vectors.
  [[nodiscard]] std::vector<Neighbour> search(const NeighbourQuery& query,
                                              const ProgressSink& progress = {},
                                              const std::stop_token& stop = {}) const;

  [[nodiscard]] std::size_t size() const { return vectors().rows(); }
  [[nodiscard]] std::size_t width() const { return vectors().width; }
  [[nodiscard]] Distance distance() const;
  /// As they are compared: of length 1 for Cosine. Valid while the index lives.
  [[nodiscard]] VectorsView vectors() const;
  /// contentHash() of the vectors that it was made from.
  [[nodiscard]] const std::string& hash() const;

  /// One safetensors file, written atomically. Throws Error(Io).
  void save(const std::filesystem::path& file) const;
  /// Throws Error: NotFound, BadInput (no index, a newer version, damaged), Io.
  [[nodiscard]] static VectorIndex load(const std::filesystem::path& file);

 private:
  struct State;
  explicit VectorIndex(std::unique_ptr<State> state);

  std::unique_ptr<State> m_state;
};

/// SHA-256 over distance, width and values.
[[nodiscard]] std::string contentHash(VectorsView vectors, Distance distance);

/// The index of these vectors as it lies in `folder`, or a new one that is then left there instead
/// of any other. A file that is damaged is made again. Throws as the constructor and save() do.
[[nodiscard]] VectorIndex loadOrBuild(const std::filesystem::path& folder, VectorsView vectors,
                                      Distance distance);

}  // namespace twofold::retrieval
