// Random vectors, and the nearest by the plainest loop.
#pragma once

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

#include "core/base/random.h"
#include "core/retrieval/distances.h"
#include "core/retrieval/vector_index.h"

namespace twofold::tests {

/// In a few clusters around a common mean, as embeddings are.
inline std::vector<float> clusteredVectors(Random& random, std::size_t count, std::size_t width) {
  constexpr std::size_t kClusters = 8;
  std::vector<double> centres(kClusters * width);
  for (double& value : centres) {
    value = 3 + random.normals().first;
  }
  std::vector<float> values;
  for (std::size_t i = 0; i < count; ++i) {
    const double* centre = centres.data() + random.below(kClusters) * width;
    for (std::size_t d = 0; d < width; ++d) {
      values.push_back(static_cast<float>(centre[d] + 0.3 * random.normals().first));
    }
  }
  return values;
}

inline std::vector<retrieval::Neighbour> bruteForce(retrieval::VectorsView rows, const float* query,
                                                    std::size_t k,
                                                    std::int64_t excluded = retrieval::kNone) {
  std::vector<retrieval::Neighbour> all;
  for (std::uint32_t i = 0; i < rows.rows(); ++i) {
    if (std::int64_t{i} != excluded) {
      all.push_back(
          {i, static_cast<float>(retrieval::squaredDistance(query, rows.row(i), rows.width))});
    }
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::tie(a.distance, a.index) < std::tie(b.distance, b.index);
  });
  all.resize(std::min(k, all.size()));
  return all;
}

}  // namespace twofold::tests
