// One pair of kernels a kind of processor; distances.cpp chooses. Where the compiler has no such
// processor, all three are the portable one.
#pragma once

#include <cstddef>
#include <cstdint>

namespace twofold::retrieval {

void squaredDistancesAvx512(const float* query, const float* rows, std::size_t count,
                            std::size_t width, float* distances);
void coarseDistancesAvx512(const float* query, const std::int8_t* codes, const float* scales,
                           std::size_t count, std::size_t width, float* distances);
void squaredDistancesAvx2(const float* query, const float* rows, std::size_t count,
                          std::size_t width, float* distances);
void coarseDistancesAvx2(const float* query, const std::int8_t* codes, const float* scales,
                         std::size_t count, std::size_t width, float* distances);
void squaredDistancesPortable(const float* query, const float* rows, std::size_t count,
                              std::size_t width, float* distances);
void coarseDistancesPortable(const float* query, const std::int8_t* codes, const float* scales,
                             std::size_t count, std::size_t width, float* distances);

}  // namespace twofold::retrieval
