// The kernel's text, compiled by each file that includes it for its own processor. Internal to
// those files: nothing here may be shared as an inline function, or the linker could keep the copy
// of a processor that this machine is not.
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace twofold::retrieval {

namespace {

#if defined(__AVX512F__)
inline constexpr std::size_t kLanes = 16;
#elif defined(__AVX2__)
inline constexpr std::size_t kLanes = 8;
#else
inline constexpr std::size_t kLanes = 4;
#endif

using Lanes [[gnu::vector_size(kLanes * sizeof(float))]] = float;

/// GCC 12 converts vectors of bytes one by one unless it is told the instruction.
inline Lanes floatsOf(const std::int8_t* codes) {
#if defined(__AVX512F__)
  const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(codes));
  // With masks, for GCC 12 takes the others to read what is not initialised (GCC bug 105593).
  return _mm512_maskz_cvtepi32_ps(0xFFFF, _mm512_maskz_cvtepi8_epi32(0xFFFF, bytes));
#elif defined(__AVX2__)
  const auto bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(codes));
  return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes));
#else
  Lanes floats;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    floats[lane] = codes[lane];
  }
  return floats;
#endif
}

/// `Rows` rows at once share the loads of the query and hide the latency of each other's sums.
template <int Rows>
void measureRows(const float* query, const float* rows, std::size_t width, float* distances) {
  Lanes sums[Rows] = {};
  const std::size_t whole = width / kLanes * kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) {
    Lanes wanted;
    __builtin_memcpy(&wanted, query + i, sizeof(wanted));
    for (int r = 0; r < Rows; ++r) {
      Lanes row;
      __builtin_memcpy(&row, rows + static_cast<std::size_t>(r) * width + i, sizeof(row));
      const Lanes difference = wanted - row;
      sums[r] += difference * difference;
    }
  }
  for (int r = 0; r < Rows; ++r) {
    float sum = 0;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      sum += sums[r][lane];
    }
    for (std::size_t i = whole; i < width; ++i) {
      const float difference = query[i] - rows[static_cast<std::size_t>(r) * width + i];
      sum += difference * difference;
    }
    distances[r] = sum;
  }
}

template <int Rows>
void measureCoarseRows(const float* query, const std::int8_t* codes, const float* scales,
                       std::size_t width, float* distances) {
  Lanes sums[Rows] = {};
  const std::size_t whole = width / kLanes * kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) {
    Lanes wanted;
    __builtin_memcpy(&wanted, query + i, sizeof(wanted));
    for (int r = 0; r < Rows; ++r) {
      const Lanes row = floatsOf(codes + static_cast<std::size_t>(r) * width + i) * scales[r];
      const Lanes difference = wanted - row;
      sums[r] += difference * difference;
    }
  }
  for (int r = 0; r < Rows; ++r) {
    float sum = 0;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      sum += sums[r][lane];
    }
    for (std::size_t i = whole; i < width; ++i) {
      const auto code = static_cast<float>(codes[static_cast<std::size_t>(r) * width + i]);
      const float difference = query[i] - code * scales[r];
      sum += difference * difference;
    }
    distances[r] = sum;
  }
}

inline constexpr int kTogether = 4;

inline void measure(const float* query, const float* rows, std::size_t count, std::size_t width,
                    float* distances) {
  std::size_t row = 0;
  for (; row + kTogether <= count; row += kTogether) {
    measureRows<kTogether>(query, rows + row * width, width, distances + row);
  }
  for (; row < count; ++row) {
    measureRows<1>(query, rows + row * width, width, distances + row);
  }
}

inline void measureCoarse(const float* query, const std::int8_t* codes, const float* scales,
                          std::size_t count, std::size_t width, float* distances) {
  std::size_t row = 0;
  for (; row + kTogether <= count; row += kTogether) {
    measureCoarseRows<kTogether>(query, codes + row * width, scales + row, width, distances + row);
  }
  for (; row < count; ++row) {
    measureCoarseRows<1>(query, codes + row * width, scales + row, width, distances + row);
  }
}

}  // namespace

}  // namespace twofold::retrieval
