#include "core/retrieval/distance_kernels.h"
#include "core/retrieval/distance_lanes.h"

namespace twofold::retrieval {

void squaredDistancesPortable(const float* query, const float* rows, std::size_t count,
                              std::size_t width, float* distances) {
  measure(query, rows, count, width, distances);
}

void coarseDistancesPortable(const float* query, const std::int8_t* codes, const float* scales,
                             std::size_t count, std::size_t width, float* distances) {
  measureCoarse(query, codes, scales, count, width, distances);
}

}  // namespace twofold::retrieval
