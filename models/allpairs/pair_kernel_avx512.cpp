// Compiled with vector instructions, so nothing here may include code that others share as inline
// functions: the linker could keep this file's copy for processors that lack them.
//
// A lane is a column. Sums of 4 rows x 4 vectors stay in 16 registers; a loaded vector of columns
// serves four rows, a broadcast row's number four vectors.
#include "models/allpairs/pair_kernel.h"

#ifdef __AVX512F__
#include <immintrin.h>
#endif

namespace twofold::models {

#ifdef __AVX512F__

namespace {

constexpr int kLanes = 16;
constexpr int kRows = static_cast<int>(kTileRows);
constexpr int kVectors = static_cast<int>(kTileColumns) / kLanes;

struct Sums {
  __m512 of[kRows][kVectors];
};
struct Columns {
  __m512 of[kVectors];
};

template <bool kIsTaken>
[[gnu::always_inline]] inline void addUnit(const float* row, std::int64_t stride,
                                           const Columns& columns, Sums& sums) {
#pragma GCC unroll 4
  for (int r = 0; r < kRows; ++r) {
    const __m512 value = _mm512_set1_ps(row[r * stride]);
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      const __m512 part = _mm512_max_ps(_mm512_add_ps(value, columns.of[v]), _mm512_setzero_ps());
      sums.of[r][v] =
          kIsTaken ? _mm512_sub_ps(sums.of[r][v], part) : _mm512_add_ps(sums.of[r][v], part);
    }
  }
}

[[gnu::always_inline]] inline Columns columnsAt(const float* from) {
  Columns columns;
#pragma GCC unroll 4
  for (int v = 0; v < kVectors; ++v) {
    columns.of[v] = _mm512_load_ps(from + v * kLanes);
  }
  return columns;
}

/// Hidden units `begin` to `end`, both even.
template <bool kIsNarrow, bool kIsTaken>
[[gnu::always_inline]] inline void addHidden(const PairTile& tile, std::int64_t begin,
                                             std::int64_t end, Sums& sums) {
  const auto* hidden = static_cast<const char*>(tile.hidden);
  if constexpr (!kIsNarrow) {
    for (std::int64_t unit = begin; unit < end; ++unit) {
      const auto* from = reinterpret_cast<const float*>(hidden + unit * kTileColumns * 4);
      addUnit<kIsTaken>(tile.rows + unit, tile.stride, columnsAt(from), sums);
    }
    return;
  }
  const __m512i highHalf = _mm512_set1_epi32(static_cast<int>(0xFFFF0000U));
  for (std::int64_t unit = begin; unit < end; unit += 2) {
    Columns even;
    Columns odd;
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      const __m512i both = _mm512_load_si512(hidden + (unit / 2 * kTileColumns + v * kLanes) * 4);
      even.of[v] = _mm512_castsi512_ps(_mm512_slli_epi32(both, 16));
      odd.of[v] = _mm512_castsi512_ps(_mm512_and_si512(both, highHalf));
    }
    addUnit<kIsTaken>(tile.rows + unit, tile.stride, even, sums);
    addUnit<kIsTaken>(tile.rows + unit + 1, tile.stride, odd, sums);
  }
}

template <bool kIsTaken>
[[gnu::always_inline]] inline void addProducts(const PairUnits& units, const PairTile& tile,
                                               std::int64_t begin, std::int64_t end, Sums& sums) {
  const float* row = tile.rows + units.added + units.taken;
  for (std::int64_t product = begin; product < end; ++product) {
    const Columns columns = columnsAt(tile.products + product * kTileColumns);
#pragma GCC unroll 4
    for (int r = 0; r < kRows; ++r) {
      const __m512 value = _mm512_set1_ps(row[r * tile.stride + product]);
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) {
        sums.of[r][v] = kIsTaken ? _mm512_fnmadd_ps(value, columns.of[v], sums.of[r][v])
                                 : _mm512_fmadd_ps(value, columns.of[v], sums.of[r][v]);
      }
    }
  }
}

[[gnu::always_inline]] inline void finish(const PairUnits& units, const PairTile& tile,
                                          const Sums& sums) {
  const __m512 bias = _mm512_set1_ps(units.bias);
  for (int r = 0; r < kRows; ++r) {
    const __m512 linear = _mm512_set1_ps(tile.rows[r * tile.stride + tile.stride - 1]);
    const __m512 threshold = _mm512_set1_ps(tile.thresholds[r]);
    std::uint64_t reached = 0;
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      const __m512 both = _mm512_add_ps(linear, _mm512_load_ps(tile.linear + v * kLanes));
      const __m512 logits = _mm512_add_ps(sums.of[r][v], _mm512_add_ps(both, bias));
      _mm512_storeu_ps(tile.logits + r * kTileColumns + v * kLanes, logits);
      const auto mask =
          static_cast<std::uint64_t>(_mm512_cmp_ps_mask(logits, threshold, _CMP_GE_OQ));
      reached |= mask << static_cast<unsigned>(v * kLanes);
    }
    tile.isAtLeast[r] = reached;
  }
}

template <bool kIsNarrow>
void scoreTile(const PairUnits& units, const PairTile& tile) {
  Sums sums;
#pragma GCC unroll 4
  for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      sums.of[r][v] = _mm512_setzero_ps();
    }
  }
  addHidden<kIsNarrow, false>(tile, 0, units.added, sums);
  addHidden<kIsNarrow, true>(tile, units.added, units.added + units.taken, sums);
  addProducts<false>(units, tile, 0, units.addedProducts, sums);
  addProducts<true>(units, tile, units.addedProducts, units.addedProducts + units.takenProducts,
                    sums);
  finish(units, tile, sums);
}

}  // namespace

bool isPairAvx512Built() noexcept {
  return true;
}

void scoreTileAvx512(const PairUnits& units, const PairTile& tile) {
  units.isNarrow ? scoreTile<true>(units, tile) : scoreTile<false>(units, tile);
}

#else

bool isPairAvx512Built() noexcept {
  return false;
}

void scoreTileAvx512(const PairUnits& /*units*/, const PairTile& /*tile*/) {}

#endif

}  // namespace twofold::models
