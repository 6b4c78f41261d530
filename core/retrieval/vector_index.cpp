#include "core/retrieval/vector_index.h"

#include <faiss/IndexFlat.h>
#include <faiss/utils/distances.h>
#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/retrieval/faiss_errors.h"
#include "core/retrieval/index_file.h"
#include "core/retrieval/parallel.h"
#include "core/retrieval/scan.h"

namespace twofold::retrieval {

namespace {

constexpr std::size_t kBatch = 256;       // queries between two looks at the stop token
constexpr double kLongest = 1e36;         // squared; so that no sum overflows float32
constexpr std::size_t kAddedRows = 1024;  // copied at a time

/// The row as it is compared, and its squared length; throws Error(BadInput).
double prepare(const float* row, std::size_t width, Distance distance, const std::string& name,
               float* prepared) {
  double squared = 0;
  for (std::size_t i = 0; i < width; ++i) {
    squared += static_cast<double>(row[i]) * static_cast<double>(row[i]);
  }
  if (!(squared <= kLongest)) {
    throw Error(ErrorKind::BadInput,
                fmt::format("{} holds a number that is not finite, or is longer than 1e18; embed "
                            "it again or leave it out",
                            name));
  }
  if (distance == Distance::SquaredL2) {
    std::copy_n(row, width, prepared);
    return squared;
  }
  if (squared == 0) {
    throw Error(ErrorKind::BadInput,
                fmt::format("{} is all zeros, so it has no direction to compare by cosine; leave "
                            "it out or compare by distance",
                            name));
  }
  const double scale = 1 / std::sqrt(squared);
  for (std::size_t i = 0; i < width; ++i) {
    prepared[i] = static_cast<float>(static_cast<double>(row[i]) * scale);
  }
  return 1;
}

}  // namespace

struct VectorIndex::State {
  State(std::size_t width, Distance compared)
      : distance(compared), flat(static_cast<faiss::Index::idx_t>(width)) {}

  [[nodiscard]] VectorsView rows() const {
    return {
        {flat.get_xb(), static_cast<std::size_t>(flat.ntotal) * static_cast<std::size_t>(flat.d)},
        static_cast<std::size_t>(flat.d)};
  }

  Distance distance;
  faiss::IndexFlatL2 flat;
  std::optional<CoarseRows> coarse;  // once the rows are there
  std::string hash;
};

namespace {

/// Queries of one call, as they are compared.
struct Prepared {
  std::vector<float> values;
  std::vector<double> squaredLengths;
  const NeighbourQuery& query;

  [[nodiscard]] ScanQuery one(std::size_t index, std::size_t width) const {
    return {values.data() + index * width, query.k,
            query.excluded.empty() ? kNone : query.excluded[index]};
  }
};

Prepared prepareQueries(const NeighbourQuery& query, Distance distance) {
  const std::size_t width = query.vectors.width;
  Prepared prepared{std::vector<float>(query.vectors.values.size()), {}, query};
  for (std::size_t i = 0; i < query.vectors.rows(); ++i) {
    prepared.squaredLengths.push_back(prepare(query.vectors.row(i), width, distance,
                                              fmt::format("query vector {}", i),
                                              prepared.values.data() + i * width));
  }
  return prepared;
}

void check(const NeighbourQuery& query, VectorsView rows) {
  if (query.vectors.width != rows.width || query.vectors.values.size() % rows.width != 0) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the query vectors have {} values and those of the index {}; make "
                            "both with one backbone",
                            query.vectors.width, rows.width));
  }
  const bool excludes = std::any_of(query.excluded.begin(), query.excluded.end(),
                                    [](std::int64_t each) { return each != kNone; });
  const std::size_t most = rows.rows() - (excludes ? 1 : 0);
  if (query.k == 0 || query.k > most) {
    throw Error(ErrorKind::Usage,
                fmt::format("{} neighbours were asked for; there are {} to find", query.k, most));
  }
  if (!query.excluded.empty() && query.excluded.size() != query.vectors.rows()) {
    throw Error(ErrorKind::Internal, "a search has not one vector to leave out for each query");
  }
}

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
  std::span<const faiss::Index::idx_t> rows;
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

/// What is searched, in its three forms.
struct Searched {
  const faiss::IndexFlatL2& flat;
  VectorsView rows;
  const CoarseRows& coarse;
};

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Some of the queries by FAISS, on this thread; what it leaves open is scanned. Calls
/// take(query, neighbours).
template <class Take>
void searchSome(const Searched& index, const Prepared& prepared, Range some, const Take& take) {
  const auto& rows = index.rows;
  const std::size_t k = prepared.query.k;
  const std::size_t margin = std::max<std::size_t>(32, k / 2);
  const std::size_t wanted = std::min(rows.rows(), k + margin);
  std::vector<float> distances((some.end - some.begin) * wanted);
  std::vector<faiss::Index::idx_t> labels(distances.size());
  throughFaiss([&] {
    const OneOpenMpThread here;
    index.flat.search(static_cast<faiss::Index::idx_t>(some.end - some.begin),
                      prepared.values.data() + some.begin * rows.width,
                      static_cast<faiss::Index::idx_t>(wanted), distances.data(), labels.data());
  });
  for (std::size_t i = some.begin; i < some.end; ++i) {
    const auto query = prepared.one(i, rows.width);
    const std::size_t at = (i - some.begin) * wanted;
    const Rough rough = {{distances.data() + at, wanted}, {labels.data() + at, wanted}};
    const auto found = provenNearest(rows, query, prepared.squaredLengths[i], rough);
    take(i, found ? *found : nearestByScan(rows, index.coarse, query, 1));
  }
}

}  // namespace

VectorIndex::VectorIndex(VectorsView vectors, Distance distance)
    : m_state(std::make_unique<State>(vectors.width, distance)) {
  if (vectors.rows() == 0 || vectors.values.size() % vectors.width != 0) {
    throw Error(ErrorKind::Internal, "an index needs at least one vector, all of one width");
  }
  auto& flat = m_state->flat;
  flat.codes.reserve(vectors.values.size_bytes());
  std::vector<float> some;
  for (std::size_t first = 0; first < vectors.rows(); first += kAddedRows) {
    const std::size_t count = std::min(kAddedRows, vectors.rows() - first);
    some.resize(count * vectors.width);
    for (std::size_t i = 0; i < count; ++i) {
      (void)prepare(vectors.row(first + i), vectors.width, distance,
                    fmt::format("vector {}", first + i), some.data() + i * vectors.width);
    }
    throughFaiss([&] { flat.add(static_cast<faiss::Index::idx_t>(count), some.data()); });
  }
  m_state->coarse.emplace(m_state->rows());
  m_state->hash = contentHash(vectors, distance);
}

VectorIndex::VectorIndex(std::unique_ptr<State> state) : m_state(std::move(state)) {}
VectorIndex::~VectorIndex() = default;
VectorIndex::VectorIndex(VectorIndex&&) noexcept = default;
VectorIndex& VectorIndex::operator=(VectorIndex&&) noexcept = default;

std::vector<Neighbour> VectorIndex::search(const NeighbourQuery& query,
                                           const ProgressSink& progress,
                                           const std::stop_token& stop) const {
  const auto rows = vectors();
  check(query, rows);
  const auto prepared = prepareQueries(query, distance());
  const std::size_t count = query.vectors.rows();
  std::vector<Neighbour> all(count * query.k);
  const float scale = distance() == Distance::Cosine ? 0.5F : 1.0F;
  const auto take = [&](std::size_t index, const std::vector<Neighbour>& found) {
    std::transform(found.begin(), found.end(),
                   all.begin() + static_cast<std::ptrdiff_t>(index * query.k),
                   [scale](const Neighbour& each) {
                     return Neighbour{each.index, each.distance * scale};
                   });
  };
  // With fewer queries FAISS would not multiply matrices, but measure one by one as the scan does.
  const auto worthMultiplying = static_cast<std::size_t>(faiss::distance_compute_blas_threshold);
  const Searched searched{m_state->flat, rows, *m_state->coarse};
  const std::size_t threads = threadsOr(query.threads);
  for (std::size_t first = 0, end = 0; first < count; first = end) {
    throwIfStopped(stop);
    const std::size_t left = count - first;
    if (left < worthMultiplying) {
      end = first + 1;
      take(first, nearestByScan(rows, searched.coarse, prepared.one(first, rows.width), threads));
    } else {
      end = first + std::min(left, kBatch);
      const auto parts = std::clamp<std::size_t>((end - first) / worthMultiplying, 1, threads);
      inParts(parts, end - first, [&](std::size_t, std::size_t from, std::size_t to) {
        searchSome(searched, prepared, {first + from, first + to}, take);
      });
    }
    if (progress) {
      progress({"Finding neighbours", static_cast<std::int64_t>(end),
                static_cast<std::int64_t>(count), "proteins"});
    }
  }
  return all;
}

Distance VectorIndex::distance() const {
  return m_state->distance;
}

VectorsView VectorIndex::vectors() const {
  return m_state->rows();
}

const std::string& VectorIndex::hash() const {
  return m_state->hash;
}

void VectorIndex::save(const std::filesystem::path& file) const {
  writeIndexFile(file, {m_state->distance, m_state->hash, vectors()});
}

VectorIndex VectorIndex::load(const std::filesystem::path& file) {
  const IndexFile stored(file);
  auto state = std::make_unique<State>(stored.content().vectors.width, stored.content().distance);
  state->hash = stored.content().hash;
  throughFaiss([&] {
    state->flat.add(static_cast<faiss::Index::idx_t>(stored.content().vectors.rows()),
                    stored.content().vectors.values.data());
  });
  state->coarse.emplace(state->rows());
  return VectorIndex(std::move(state));
}

}  // namespace twofold::retrieval
