// Squared distances of one vector to many, at the speed of the memory.
#pragma once

#include <cstddef>
#include <cstdint>

namespace twofold::retrieval {

/// Row-major rows; the best that was built for this machine's processor: AVX-512, AVX2 or portable.
/// Differences are squared and summed in float32, nothing cancels: each result is within
/// (width + 3) * 2^-24 of the true one, relatively (Higham, Accuracy and Stability of Numerical
/// Algorithms, 2nd ed., section 3.1).
struct DistanceKernels {
  /// |query - row|^2 for `count` rows of `width` values.
  void (*exact)(const float* query, const float* rows, std::size_t count, std::size_t width,
                float* distances);
  /// |query - scale * codes|^2, with the rounding of scale * codes besides.
  void (*coarse)(const float* query, const std::int8_t* codes, const float* scales,
                 std::size_t count, std::size_t width, float* distances);
};

[[nodiscard]] DistanceKernels distanceKernels() noexcept;

/// |a - b|^2 summed in double, one value after the other: one number for one pair of vectors,
/// whatever the processor.
[[nodiscard]] double squaredDistance(const float* a, const float* b, std::size_t width) noexcept;

}  // namespace twofold::retrieval
