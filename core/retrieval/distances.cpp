#include "core/retrieval/distances.h"

#include "core/retrieval/distance_kernels.h"

namespace twofold::retrieval {

DistanceKernels distanceKernels() noexcept {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") != 0) {
    return {squaredDistancesAvx512, coarseDistancesAvx512};
  }
  if (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0) {
    return {squaredDistancesAvx2, coarseDistancesAvx2};
  }
#endif
  return {squaredDistancesPortable, coarseDistancesPortable};
}

double squaredDistance(const float* a, const float* b, std::size_t width) noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const double difference = static_cast<double>(a[i]) - static_cast<double>(b[i]);
    sum += difference * difference;
  }
  return sum;
}

}  // namespace twofold::retrieval
