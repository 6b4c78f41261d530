// Squared distances of one vector to many, at the speed of the memory.
#pragma once

#include <cstddef>

namespace twofold::retrieval {

/// |query - row|^2 in float32 for `count` rows of `width` values, row-major. Differences are
/// squared and summed, nothing cancels: each result is within (width + 3) * 2^-24 of the true one,
/// relatively (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.1).
using DistanceKernel = void (*)(const float* query, const float* rows, std::size_t count,
                                std::size_t width, float* distances);

/// The best that was built for this machine's processor: AVX-512, AVX2 or portable.
[[nodiscard]] DistanceKernel distanceKernel() noexcept;

/// The same distance summed in double, one value after the other: one number for one pair of
/// vectors, whatever the processor.
[[nodiscard]] double squaredDistance(const float* a, const float* b, std::size_t width) noexcept;

}  // namespace twofold::retrieval
