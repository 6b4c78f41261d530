#include "core/retrieval/distance_kernels.h"
#include "core/retrieval/distance_lanes.h"

namespace twofold::retrieval {

void squaredDistancesPortable(const float* query, const float* rows, std::size_t count,
                              std::size_t width, float* distances) {
  measure(query, rows, count, width, distances);
}

}  // namespace twofold::retrieval
