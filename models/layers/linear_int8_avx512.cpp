// Compiled with vector instructions, so nothing here may include or call code that others share as
// inline functions: the linker could keep this file's copy for processors that lack them.
#include "models/layers/linear_int8_kernel.h"

#if defined(__AVX512VNNI__)
#include <immintrin.h>
#endif

namespace twofold::models {

#if defined(__AVX512VNNI__)

namespace {

constexpr int kPanelVectors = kInt8Panel / kInt8Lanes;

/// Rows that share a pass over a panel: so many sums, the weights and an activation fit the 32
/// registers, and enough sums run to hide the instruction's latency.
template <int Vectors>
constexpr int kTileRows = Vectors == 4   ? 6
                          : Vectors == 3 ? 8
                                         : 12;

constexpr std::int64_t panelOffset(const Int8Weights& weights, std::int64_t panel) {
  return panel * kInt8Panel * ((weights.in + kInt8Group - 1) / kInt8Group * kInt8Group);
}

struct Span {
  float low = 0;
  float high = 0;
};

/// The bits of floats as integers of the same order, and back.
inline __m512i ordered(__m512i bits) {
  return _mm512_xor_si512(
      bits, _mm512_and_si512(_mm512_srai_epi32(bits, 31), _mm512_set1_epi32(0x7FFFFFFF)));
}

inline __m512i ordered16(__m512i bits) {
  return _mm512_xor_si512(bits,
                          _mm512_and_si512(_mm512_srai_epi16(bits, 15), _mm512_set1_epi16(0x7FFF)));
}

inline float fromOrdered(std::int32_t value) {
  return __builtin_bit_cast(float, value ^ ((value >> 31) & 0x7FFFFFFF));
}

inline std::uint32_t firstLanes(std::int64_t count) {
  return count >= 32 ? 0xFFFFFFFFU : (1U << static_cast<unsigned>(count)) - 1U;
}

/// Least and greatest of a row and zero; NaNs lie beyond the infinities in that order.
Span spanOf(const float* row, std::int64_t count) {
  __m512i low = _mm512_setzero_si512();
  __m512i high = low;
  for (std::int64_t i = 0; i < count; i += 16) {
    const auto mask = static_cast<__mmask16>(firstLanes(count - i));
    const __m512i values = ordered(_mm512_maskz_loadu_epi32(mask, row + i));
    low = _mm512_min_epi32(low, values);
    high = _mm512_max_epi32(high, values);
  }
  return {fromOrdered(_mm512_reduce_min_epi32(low)), fromOrdered(_mm512_reduce_max_epi32(high))};
}

Span spanOf(const std::uint16_t* row, std::int64_t count) {
  __m512i low = _mm512_setzero_si512();
  __m512i high = low;
  for (std::int64_t i = 0; i < count; i += 32) {
    const __m512i values = ordered16(_mm512_maskz_loadu_epi16(firstLanes(count - i), row + i));
    low = _mm512_min_epi16(low, values);
    high = _mm512_max_epi16(high, values);
  }
  // Odd lanes stand in the upper halves already; an even lane goes there by a shift.
  const __m512i upper = _mm512_set1_epi32(static_cast<int>(0xFFFF0000U));
  low = _mm512_min_epi32(_mm512_and_si512(low, upper), _mm512_slli_epi32(low, 16));
  high = _mm512_max_epi32(_mm512_and_si512(high, upper), _mm512_slli_epi32(high, 16));
  const auto bits16 = [](std::int32_t value) {
    return __builtin_bit_cast(float, value ^ ((value >> 31) & 0x7FFF0000));
  };
  return {bits16(_mm512_reduce_min_epi32(low)), bits16(_mm512_reduce_max_epi32(high))};
}

inline __m512 sixteen(const float* row, __mmask16 mask) {
  return _mm512_maskz_loadu_ps(mask, row);
}

inline __m512 sixteen(const std::uint16_t* row, __mmask16 mask) {
  return _mm512_castsi512_ps(
      _mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(mask, row)), 16));
}

template <typename Value>
void quantise(const Value* row, std::int64_t count, std::int64_t place,
              const Int8Quantised& memory) {
  const Span span = spanOf(row, count);
  const float width = span.high - span.low;
  const bool isFinite = width <= __FLT_MAX__;
  const bool isZero = !(isFinite && width >= kLeastInt8Span);
  const float inverse = isZero ? 0.0F : kInt8Levels / width;
  const std::int32_t zero = isZero ? 1 : static_cast<std::int32_t>(-span.low * inverse) + 1;
  memory.scales[place] = !isFinite ? __builtin_nanf("") : isZero ? 0.0F : width / kInt8Levels;
  memory.zeros[place] = zero;
  // Added to a float, 1.5 * 2^23 leaves the sum's rounded integer in the low bits.
  const __m512 shift = _mm512_set1_ps(12582912.0F + static_cast<float>(zero));
  const __m512 factor = _mm512_set1_ps(inverse);
  std::uint8_t* values = memory.values + place * memory.stride;
  for (std::int64_t i = 0; i < count; i += 16) {
    const auto mask = static_cast<__mmask16>(firstLanes(count - i));
    // An infinity times the factor of a row without one is a NaN, whose bits do not matter.
    const __m512 shifted = _mm512_fmadd_ps(sixteen(row + i, mask), factor, shift);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(values + i),
                     _mm512_cvtepi32_epi8(_mm512_castps_si512(shifted)));
  }
}

/// x times the normal distribution's integral up to x, within 5e-6 of it: an odd polynomial on
/// [-4.8, 4.8], fitted by iteratively reweighted least squares with the ends held.
inline __m512 gelu(__m512 x) {
  const __m512 end = _mm512_set1_ps(4.8F);
  const __m512 inside =
      _mm512_min_ps(_mm512_max_ps(x, _mm512_sub_ps(_mm512_setzero_ps(), end)), end);
  const __m512 t = _mm512_fmadd_ps(_mm512_mul_ps(inside, inside), _mm512_set1_ps(0.0868055522F),
                                   _mm512_set1_ps(-1.0F));
  __m512 sum = _mm512_set1_ps(0.00144371984F);
  sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(-0.00419459119F));
  sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(0.00539237121F));
  sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(-0.00744342385F));
  sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(0.0138640925F));
  sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(-0.0221875105F));
  sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(0.0307208207F));
  sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(-0.040565934F));
  sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(0.0529040992F));
  sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(-0.0729797557F));
  sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(0.147212788F));
  return _mm512_mul_ps(x, _mm512_fmadd_ps(inside, sum, _mm512_set1_ps(0.5F)));
}

inline void put(const Int8Rows& work, std::int64_t index, __mmask16 mask, __m512 values) {
  if (!work.isBfloat16) {
    _mm512_mask_storeu_ps(static_cast<float*>(work.results) + index, mask, values);
    return;
  }
  const __m512i bits = _mm512_castps_si512(values);
  const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
  const __m512i rounded = _mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7FFF)));
  _mm256_mask_storeu_epi16(static_cast<std::uint16_t*>(work.results) + index, mask,
                           _mm512_cvtepi32_epi16(_mm512_srli_epi32(rounded, 16)));
}

inline __m512i broadcast(const std::uint8_t* four) {
  std::int32_t value = 0;
  __builtin_memcpy(&value, four, sizeof value);
  return _mm512_set1_epi32(value);
}

/// Not the intrinsic: GCC 12 copies and spills its sums, for less than half the speed.
inline void addProducts(__m512i& sums, __m512i values, __m512i weights) {
  __asm__("vpdpbusd %2, %1, %0" : "+v"(sums) : "v"(values), "v"(weights));
}

struct Tile {
  std::int64_t column = 0;  // first of the panel
  std::int64_t row = 0;     // first of the tile, in the work
  std::int64_t place = 0;   // the same, in the memory
};

/// [Rows, Vectors * 16] sums of a tile.
template <int Rows, int Vectors>
void sumTile(const Int8Weights& weights, const Int8Quantised& memory, const Tile& tile,
             std::int32_t* results) {
  const std::int8_t* panel = weights.panels + panelOffset(weights, tile.column / kInt8Panel);
  const std::uint8_t* values = memory.values + tile.place * memory.stride;
  const std::int64_t stride = memory.stride;
  __m512i sums[Rows][Vectors];
#pragma GCC unroll 12
  for (int r = 0; r < Rows; ++r) {
    const __m512i zero = _mm512_set1_epi32(-memory.zeros[tile.place + r]);
#pragma GCC unroll 4
    for (int v = 0; v < Vectors; ++v) {
      sums[r][v] =
          _mm512_mullo_epi32(zero, _mm512_loadu_si512(weights.sums + tile.column + v * kInt8Lanes));
    }
  }
  for (std::int64_t i = 0; i < weights.in; i += kInt8Group) {
    __m512i weight[Vectors];
#pragma GCC unroll 4
    for (int v = 0; v < Vectors; ++v) {
      weight[v] =
          _mm512_loadu_si512(panel + i * kInt8Lanes * Vectors + v * kInt8Lanes * kInt8Group);
    }
#pragma GCC unroll 12
    for (int r = 0; r < Rows; ++r) {
      const __m512i four = broadcast(values + r * stride + i);
#pragma GCC unroll 4
      for (int v = 0; v < Vectors; ++v) {
        addProducts(sums[r][v], four, weight[v]);
      }
    }
  }
#pragma GCC unroll 12
  for (int r = 0; r < Rows; ++r) {
#pragma GCC unroll 4
    for (int v = 0; v < Vectors; ++v) {
      _mm512_store_si512(results + (r * Vectors + v) * kInt8Lanes, sums[r][v]);
    }
  }
}

template <int Rows, int Vectors>
void multiplyTile(const Int8Weights& weights, const Int8Rows& work, const Int8Quantised& memory,
                  const Tile& tile) {
  alignas(64) std::int32_t sums[Rows * Vectors * kInt8Lanes];
  sumTile<Rows, Vectors>(weights, memory, tile, sums);
  for (int v = 0; v < Vectors; ++v) {
    const std::int64_t column = tile.column + v * kInt8Lanes;
    const auto mask = static_cast<__mmask16>(firstLanes(weights.out - column));
    const __m512 scales = _mm512_loadu_ps(weights.scales + column);
    const __m512 bias = _mm512_loadu_ps(weights.bias + column);
    for (int r = 0; r < Rows; ++r) {
      const __m512 scale = _mm512_mul_ps(_mm512_set1_ps(memory.scales[tile.place + r]), scales);
      const __m512 sum =
          _mm512_cvtepi32_ps(_mm512_load_si512(sums + (r * Vectors + v) * kInt8Lanes));
      const __m512 plain = _mm512_fmadd_ps(sum, scale, bias);
      put(work, (tile.row + r) * weights.out + column, mask, work.withGelu ? gelu(plain) : plain);
    }
  }
}

template <int Vectors>
void multiplyPanel(const Int8Weights& weights, const Int8Rows& work, const Int8Quantised& memory,
                   Tile tile, std::int64_t count) {
  constexpr int kRows = kTileRows<Vectors>;
  for (; count >= kRows; count -= kRows) {
    multiplyTile<kRows, Vectors>(weights, work, memory, tile);
    tile.row += kRows;
    tile.place += kRows;
  }
  for (; count > 0; --count) {
    multiplyTile<1, Vectors>(weights, work, memory, tile);
    ++tile.row;
    ++tile.place;
  }
}

}  // namespace

bool isInt8Avx512Built() noexcept {
  return true;
}

void multiplyInt8Avx512(const Int8Weights& weights, const Int8Rows& work, std::int64_t first,
                        std::int64_t count, const Int8Quantised& memory) {
  for (std::int64_t place = 0; place < count; ++place) {
    const std::int64_t start = (first + place) * weights.in;
    if (work.isBfloat16) {
      quantise(static_cast<const std::uint16_t*>(work.rows) + start, weights.in, place, memory);
    } else {
      quantise(static_cast<const float*>(work.rows) + start, weights.in, place, memory);
    }
  }
  for (std::int64_t column = 0; column < weights.out; column += kInt8Panel) {
    const Tile tile{column, first, 0};
    switch (weights.out - column > kInt8Panel - kInt8Lanes
                ? kPanelVectors
                : (weights.out - column + kInt8Lanes - 1) / kInt8Lanes) {
      case 4:
        multiplyPanel<4>(weights, work, memory, tile, count);
        break;
      case 3:
        multiplyPanel<3>(weights, work, memory, tile, count);
        break;
      case 2:
        multiplyPanel<2>(weights, work, memory, tile, count);
        break;
      default:
        multiplyPanel<1>(weights, work, memory, tile, count);
    }
  }
}

#else

bool isInt8Avx512Built() noexcept {
  return false;
}

void multiplyInt8Avx512(const Int8Weights& /*weights*/, const Int8Rows& /*work*/,
                        std::int64_t /*first*/, std::int64_t /*count*/,
                        const Int8Quantised& /*memory*/) {}

#endif

}  // namespace twofold::models
