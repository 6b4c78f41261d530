#include "core/retrieval/scan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

#include "core/retrieval/distances.h"
#include "core/retrieval/parallel.h"

namespace twofold::retrieval {

namespace {

constexpr std::size_t kBlock = 1024;           // rows measured before they are looked at
constexpr std::size_t kFewestForThread = 256;  // KiB of rows that are worth a thread

/// The rows that may be among the k nearest, given float32 distances that are a little wrong.
class Candidates {
 public:
  Candidates(std::size_t k, std::size_t width)
      : m_k(k),
        m_relative(3 * static_cast<float>(width + 8) * 0x1p-24F),
        m_absolute(2 * static_cast<float>(width + 8) * std::numeric_limits<float>::min()),
        m_limit(4 * k + kBlock) {}

  void offer(std::uint32_t row, float distance) {
    if (distance <= m_bound) {
      m_kept.push_back({distance, row});
    }
  }

  /// How far a candidate may be; shrinks as better ones are found.
  [[nodiscard]] float reach() const { return m_reach; }

  /// More than rounding can make of a squared distance.
  [[nodiscard]] float widened(float squared) const {
    return squared * (1 + m_relative) + m_absolute;
  }

  /// To be called now and then: drops what has become impossible.
  void tightenWhenMany() {
    if (m_kept.size() > m_limit) {
      tighten();
      m_limit = 2 * m_kept.size() + kBlock;
    }
  }

  /// With e the relative error of a distance, the k rows that look nearest are truly within
  /// t / (1 - e), t being how far the k-th looks; what is truly that near looks at most
  /// t (1 + e) / (1 - e) away, which is below t (1 + 3 e).
  void tighten() {
    if (m_kept.size() < m_k) {
      return;
    }
    const auto kth = m_kept.begin() + static_cast<std::ptrdiff_t>(m_k - 1);
    std::nth_element(m_kept.begin(), kth, m_kept.end());
    m_bound = widened(kth->first);
    m_reach = std::sqrt(m_bound);
    std::erase_if(m_kept, [this](const auto& each) { return each.first > m_bound; });
  }

  void take(const Candidates& other) {
    m_kept.insert(m_kept.end(), other.m_kept.begin(), other.m_kept.end());
  }

  [[nodiscard]] std::vector<std::uint32_t> rows() const {
    std::vector<std::uint32_t> rows;
    rows.reserve(m_kept.size());
    for (const auto& [distance, row] : m_kept) {
      rows.push_back(row);
    }
    return rows;
  }

 private:
  std::size_t m_k;
  float m_relative;
  float m_absolute;
  std::size_t m_limit;
  float m_bound = std::numeric_limits<float>::infinity();
  float m_reach = std::numeric_limits<float>::infinity();
  std::vector<std::pair<float, std::uint32_t>> m_kept;
};

/// What all parts of one scan share.
struct Scan {
  VectorsView rows;
  const CoarseRows& coarse;
  const float* query;
  CoarseQuery coarseQuery;
};

/// A row that is truly at most sqrt(bound) away is, by the triangle inequality, at most sqrt(bound)
/// + its miss + the query's miss away from where its codes say it is.
void scanRows(const Scan& scan, std::size_t begin, std::size_t end, Candidates& candidates) {
  const auto kernels = distanceKernels();
  const std::size_t width = scan.rows.width;
  std::array<float, kBlock> coarse;
  for (std::size_t first = begin; first < end; first += kBlock) {
    const std::size_t count = std::min(kBlock, end - first);
    kernels.coarse(scan.coarseQuery.moved.data(), scan.coarse.codes.data() + first * width,
                   scan.coarse.scales.data() + first, count, width, coarse.data());
    const float reach = candidates.reach() + scan.coarseQuery.miss;
    for (std::size_t i = 0; i < count; ++i) {
      const float farthest = reach + scan.coarse.misses[first + i];
      if (coarse[i] <= candidates.widened(farthest * farthest)) {
        float distance = 0;
        kernels.exact(scan.query, scan.rows.row(first + i), 1, width, &distance);
        candidates.offer(static_cast<std::uint32_t>(first + i), distance);
      }
    }
    candidates.tightenWhenMany();
  }
  candidates.tighten();
}

}  // namespace

std::vector<Neighbour> nearestOf(VectorsView rows, const ScanQuery& query,
                                 std::span<const std::uint32_t> candidates) {
  std::vector<Neighbour> found;
  found.reserve(candidates.size());
  for (const std::uint32_t row : candidates) {
    if (static_cast<std::int64_t>(row) != query.excluded) {
      const double distance = squaredDistance(query.vector, rows.row(row), rows.width);
      found.push_back({row, static_cast<float>(distance)});
    }
  }
  const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(query.k, found.size()));
  std::partial_sort(found.begin(), end, found.end(), [](const Neighbour& a, const Neighbour& b) {
    return std::tie(a.distance, a.index) < std::tie(b.distance, b.index);
  });
  found.erase(end, found.end());
  return found;
}

std::vector<Neighbour> nearestByScan(VectorsView rows, const CoarseRows& coarse,
                                     const ScanQuery& query, std::size_t threads) {
  // One more, so that the row that is left out takes no other's place.
  const std::size_t wanted = query.k + (query.excluded == kNone ? 0 : 1);
  const std::size_t kibi = rows.values.size_bytes() / 1024;
  const std::size_t parts = std::clamp<std::size_t>(kibi / kFewestForThread, 1, threads);
  const Scan scan{rows, coarse, query.vector, CoarseQuery(coarse, query.vector)};
  std::vector<Candidates> found(parts, Candidates(wanted, rows.width));
  inParts(parts, rows.rows(), [&](std::size_t part, std::size_t begin, std::size_t end) {
    scanRows(scan, begin, end, found[part]);
  });
  for (std::size_t part = 1; part < parts; ++part) {
    found[0].take(found[part]);
  }
  found[0].tighten();
  return nearestOf(rows, query, found[0].rows());
}

}  // namespace twofold::retrieval
