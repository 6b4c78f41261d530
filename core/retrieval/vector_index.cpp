#include "core/retrieval/vector_index.h"

#include <faiss/IndexFlat.h>
#include <faiss/utils/distances.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/retrieval/faiss_errors.h"
#include "core/retrieval/index_file.h"
#include "core/retrieval/parallel.h"
#include "core/retrieval/product_search.h"
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
  /// Makes what depends on all rows; to be called once they are there.
  void finish() {
    coarse.emplace(rows());
    squaredLengths.resize(rows().rows());
    faiss::fvec_norms_L2sqr(squaredLengths.data(), flat.get_xb(), rows().width, rows().rows());
  }

  faiss::IndexFlatL2 flat;
  std::optional<CoarseRows> coarse;
  std::vector<float> squaredLengths;  // in float32, as FAISS adds them to its products
  std::string hash;
};

namespace {

PreparedQueries prepareQueries(const NeighbourQuery& query, Distance distance) {
  const std::size_t width = query.vectors.width;
  PreparedQueries prepared{
      std::vector<float>(query.vectors.values.size()), {}, query.k, query.excluded};
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
  m_state->finish();
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
  const auto worthMultiplying = fewestForProducts();
  const SearchedRows searched{rows, *m_state->coarse, m_state->squaredLengths};
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
        searchByProducts(searched, prepared, {first + from, first + to}, take);
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
  state->finish();
  return VectorIndex(std::move(state));
}

}  // namespace twofold::retrieval
