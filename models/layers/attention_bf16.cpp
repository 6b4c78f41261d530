// Compiled with vector instructions, so nothing here may include code that others share as inline
// functions: the linker could keep this file's copy for processors that lack them.
//
// A lane is a query: a block of 32 queries goes over the keys in blocks, keeping the greatest score
// and the sum so far (Milakov and Gimelshein 2018; Dao et al. 2022), so that scores stay in the
// first-level cache whatever the length.
#include "models/layers/attention_bf16.h"

#ifdef __AVX512BF16__
#include "models/layers/exp2_avx512.h"
#endif

namespace twofold::models {

#ifdef __AVX512BF16__

namespace {

constexpr std::int64_t kLanes = 16;
constexpr std::int64_t kQueries = 2 * kLanes;
constexpr std::int64_t kKeys = 64;  // of a block; even
constexpr std::int64_t kTile = 8;   // keys or dimensions that share a pass: 16 sums in registers
constexpr float kMasked = -1e30F;   // finite, so that the exponential's rounding stays a number

constexpr std::int64_t roundedUp(std::int64_t value, std::int64_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

/// One of a pair, written where the pair is read.
using Half [[gnu::may_alias]] = std::uint16_t;

/// A pair is two bfloat16 in 32 bits, the first in the low half.
struct Layout {
  std::int64_t pairs = 0;            // of a head: headWidth / 2
  std::int64_t columns = 0;          // headWidth, rounded up to tiles
  std::uint32_t* keys = nullptr;     // [length up to tiles, pairs]: pairs of dimensions
  std::uint32_t* values = nullptr;   // [length / 2 up to tiles, columns]: pairs of keys
  std::uint32_t* queries = nullptr;  // [pairs, kQueries]
  float* scores = nullptr;           // [kKeys, kQueries]
  std::uint32_t* weights = nullptr;  // [kKeys / 2, kQueries]: pairs of keys
  float* sums = nullptr;             // [columns, kQueries]
};

constexpr std::int64_t paddedKeys(std::int64_t length) {
  return roundedUp(length, kKeys);
}

Layout layoutIn(void* scratch, std::int64_t length, std::int64_t headWidth) {
  Layout layout;
  layout.pairs = headWidth / 2;
  layout.columns = roundedUp(headWidth, kTile);
  // Widest alignment first: each part is a multiple of 64 bytes but the first two, which are read
  // by broadcasts.
  layout.scores = static_cast<float*>(scratch);
  layout.weights = reinterpret_cast<std::uint32_t*>(layout.scores + kKeys * kQueries);
  layout.queries = layout.weights + kKeys / 2 * kQueries;
  layout.sums = reinterpret_cast<float*>(layout.queries + layout.pairs * kQueries);
  layout.keys = reinterpret_cast<std::uint32_t*>(layout.sums + layout.columns * kQueries);
  layout.values = layout.keys + paddedKeys(length) * layout.pairs;
  return layout;
}

/// The first `count` lanes, at most 16.
inline __mmask16 firstLanes(std::int64_t count) {
  return count >= kLanes ? 0xFFFFU
                         : static_cast<__mmask16>((1U << static_cast<unsigned>(count)) - 1U);
}

/// Lanes of bfloat16 as whole numbers of 32 bits; the rest are 0.
inline __m512i bitsAt(const std::uint16_t* from, __mmask16 lanes) {
  return _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(lanes, from));
}

inline __m512 floatsAt(const std::uint16_t* from, __mmask16 lanes) {
  return _mm512_castsi512_ps(_mm512_slli_epi32(bitsAt(from, lanes), 16));
}

inline __m256i rounded(__m512 values) {
  return reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(values));
}

/// One of a sequence's vectors in every row: a head's queries, keys or values.
struct Rows {
  const std::uint16_t* first = nullptr;
  std::int64_t stride = 0;
  std::int64_t count = 0;

  [[nodiscard]] const std::uint16_t* at(std::int64_t row) const { return first + row * stride; }
  /// The rows of a head lie pages apart: asks for one ahead of the row that is read now.
  void prefetch(std::int64_t row) const {
    constexpr std::int64_t kAhead = 8;
    _mm_prefetch(reinterpret_cast<const char*>(at(row + kAhead < count ? row + kAhead : count - 1)),
                 _MM_HINT_T0);
  }
};

/// A row has heads + 2 keyHeads vectors; part 0 are queries, 1 keys, 2 values. Divides, so once a
/// head.
Rows rowsOf(const FusedAttention& work, const FusedItem& item, int part) {
  const std::int64_t shared = work.heads + item.head / (work.heads / work.keyHeads);
  const std::int64_t vector = part == 0 ? item.head : shared + (part == 1 ? 0 : work.keyHeads);
  const std::int64_t stride = (work.heads + 2 * work.keyHeads) * work.headWidth;
  return {static_cast<const std::uint16_t*>(work.qkv) + item.firstRow * stride +
              vector * work.headWidth,
          stride, item.length};
}

inline void storeHalves(Half* into, __m512 values) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(into), rounded(values));
}

/// Query or key of a row, turned, times `scale`, in bfloat16. Writes up to 15 numbers past its end:
/// masked stores are slow, and what is stored so cannot be read at once.
void loadTurned(const FusedAttention& work, const FusedItem& item, const Rows& rows,
                std::int64_t row, float scale, Half* into) {
  rows.prefetch(row);
  const std::uint16_t* from = rows.at(row);
  const __m512 by = _mm512_set1_ps(scale);
  if (work.cosines == nullptr) {
    for (std::int64_t d = 0; d < work.headWidth; d += kLanes) {
      storeHalves(into + d, _mm512_mul_ps(floatsAt(from + d, firstLanes(work.headWidth - d)), by));
    }
    return;
  }
  const std::int64_t half = work.headWidth / 2;
  const float* cosines = work.cosines + (item.firstRow + row) * half;
  const float* sines = work.sines + (item.firstRow + row) * half;
  __m512 second[kWidestFusedHead / 2 / kLanes];
  for (std::int64_t d = 0; d < half; d += kLanes) {
    const __mmask16 lanes = firstLanes(half - d);
    const __m512 low = floatsAt(from + d, lanes);
    const __m512 high = floatsAt(from + d + half, lanes);
    const __m512 cosine = _mm512_mul_ps(_mm512_maskz_loadu_ps(lanes, cosines + d), by);
    const __m512 sine = _mm512_mul_ps(_mm512_maskz_loadu_ps(lanes, sines + d), by);
    storeHalves(into + d, _mm512_fmsub_ps(low, cosine, _mm512_mul_ps(high, sine)));
    second[d / kLanes] = _mm512_fmadd_ps(high, cosine, _mm512_mul_ps(low, sine));
  }
  for (std::int64_t d = 0; d < half; d += kLanes) {
    storeHalves(into + half + d, second[d / kLanes]);
  }
}

/// Before loadValues(): the last row's surplus lies where the values begin.
void loadKeys(const FusedAttention& work, const FusedItem& item, const Layout& layout) {
  const Rows rows = rowsOf(work, item, 1);
  for (std::int64_t row = 0; row < item.length; ++row) {
    loadTurned(work, item, rows, row, 1.0F,
               reinterpret_cast<Half*>(layout.keys + row * layout.pairs));
  }
  const std::int64_t end = paddedKeys(item.length);
  for (std::int64_t i = item.length * layout.pairs; i < end * layout.pairs; ++i) {
    layout.keys[i] = 0;
  }
}

void loadValues(const FusedAttention& work, const FusedItem& item, const Layout& layout) {
  const Rows rows = rowsOf(work, item, 2);
  for (std::int64_t pair = 0; pair < paddedKeys(item.length) / 2; ++pair) {
    std::uint32_t* into = layout.values + pair * layout.columns;
    for (std::int64_t d = 0; d < layout.columns; d += kLanes) {
      __m512i both = _mm512_setzero_si512();
      const __mmask16 lanes = d < work.headWidth ? firstLanes(work.headWidth - d) : __mmask16{0};
      if (2 * pair < item.length) {
        rows.prefetch(2 * pair);
        rows.prefetch(2 * pair + 1);
        both = bitsAt(rows.at(2 * pair) + d, lanes);
      }
      if (2 * pair + 1 < item.length) {
        const __m512i second = bitsAt(rows.at(2 * pair + 1) + d, lanes);
        both = _mm512_or_si512(both, _mm512_slli_epi32(second, 16));
      }
      _mm512_mask_storeu_epi32(into + d, firstLanes(layout.columns - d), both);
    }
  }
}

/// Queries past the end repeat the last; their results are not stored.
void loadQueries(const FusedAttention& work, const FusedItem& item, const Layout& layout,
                 const Rows& rows, std::int64_t first) {
  constexpr float kLog2E = 1.44269504088896341F;
  // Scores in units of log 2, so that the exponential needs no multiplication.
  const float scale = kLog2E / __builtin_sqrtf(static_cast<float>(work.headWidth));
  for (std::int64_t q = 0; q < kQueries; ++q) {
    alignas(64) std::uint32_t turned[kWidestFusedHead / 2 + kLanes / 2];
    const std::int64_t row = first + q < item.length ? first + q : item.length - 1;
    loadTurned(work, item, rows, row, scale, reinterpret_cast<Half*>(turned));
    for (std::int64_t i = 0; i < layout.pairs; ++i) {
      layout.queries[i * kQueries + q] = turned[i];
    }
  }
}

inline __m512bh pairsAt(const std::uint32_t* pairs) {
  return reinterpret_cast<__m512bh>(_mm512_loadu_si512(pairs));
}

inline __m512bh spread(std::uint32_t pair) {
  return reinterpret_cast<__m512bh>(_mm512_set1_epi32(static_cast<int>(pair)));
}

/// Keys that a block of queries looks at now.
struct KeyBlock {
  std::int64_t first = 0;       // key
  std::int64_t end = 0;         // past the last that counts
  std::int64_t firstQuery = 0;  // causal: query q looks at keys up to firstQuery + q
  bool isCausal = false;
};

inline __m512 masked(const KeyBlock& block, std::int64_t key, std::int64_t firstLane,
                     __m512 score) {
  const __m512 never = _mm512_set1_ps(kMasked);
  if (key >= block.end) {
    return never;
  }
  if (!block.isCausal || key <= block.firstQuery + firstLane) {
    return score;
  }
  const std::int64_t blind = key - block.firstQuery - firstLane;  // lanes before the key
  return blind >= kLanes
             ? never
             : _mm512_mask_blend_ps(static_cast<__mmask16>(0xFFFFU << static_cast<unsigned>(blind)),
                                    never, score);
}

/// The running softmax of 32 queries.
struct Running {
  __m512 greatest[2];
  __m512 total[2];
};

/// Takes keys that do not count out of a tile of scores; raises the greatest.
[[gnu::noinline]] void maskTile(const Layout& layout, const KeyBlock& block, std::int64_t tile,
                                __m512* greatest) {
  for (std::int64_t k = 0; k < kTile; ++k) {
    for (std::int64_t half = 0; half < 2; ++half) {
      float* place = layout.scores + (tile + k) * kQueries + half * kLanes;
      const __m512 value =
          masked(block, block.first + tile + k, half * kLanes, _mm512_loadu_ps(place));
      _mm512_storeu_ps(place, value);
      greatest[half] = _mm512_max_ps(greatest[half], value);
    }
  }
}

/// Scores of one tile of keys; raises the greatest. Loops are unrolled by pragma: else the
/// compiler keeps the sums in memory, which costs a fifth of the whole attention.
void scoreTile(const Layout& layout, const KeyBlock& block, std::int64_t tile, __m512* greatest) {
  __m512 score[kTile][2];
#pragma GCC unroll 8
  for (std::int64_t k = 0; k < kTile; ++k) {
    score[k][0] = _mm512_setzero_ps();
    score[k][1] = _mm512_setzero_ps();
  }
  const std::uint32_t* keys = layout.keys + (block.first + tile) * layout.pairs;
  for (std::int64_t i = 0; i < layout.pairs; ++i) {
    const __m512bh low = pairsAt(layout.queries + i * kQueries);
    const __m512bh high = pairsAt(layout.queries + i * kQueries + kLanes);
#pragma GCC unroll 8
    for (std::int64_t k = 0; k < kTile; ++k) {
      const __m512bh key = spread(keys[k * layout.pairs + i]);
      score[k][0] = _mm512_dpbf16_ps(score[k][0], low, key);
      score[k][1] = _mm512_dpbf16_ps(score[k][1], high, key);
    }
  }
  float* place = layout.scores + tile * kQueries;
#pragma GCC unroll 8
  for (std::int64_t k = 0; k < kTile; ++k) {
    _mm512_storeu_ps(place + k * kQueries, score[k][0]);
    _mm512_storeu_ps(place + k * kQueries + kLanes, score[k][1]);
  }
  const bool isWhole = block.first + tile + kTile <= block.end &&
                       (!block.isCausal || block.first + tile + kTile <= block.firstQuery + 1);
  if (!isWhole) {
    maskTile(layout, block, tile, greatest);
    return;
  }
#pragma GCC unroll 8
  for (std::int64_t k = 0; k < kTile; ++k) {
    greatest[0] = _mm512_max_ps(greatest[0], score[k][0]);
    greatest[1] = _mm512_max_ps(greatest[1], score[k][1]);
  }
}

/// Two weights as a pair of bfloat16.
inline __m512i paired(__m512 first, __m512 second) {
  // Of 32 numbers, lane i takes the i-th of the first 16 and the i-th of the rest.
  const __m512i places =
      _mm512_add_epi16(_mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
                       _mm512_set_epi32(0x1F0000, 0x1E0000, 0x1D0000, 0x1C0000, 0x1B0000, 0x1A0000,
                                        0x190000, 0x180000, 0x170000, 0x160000, 0x150000, 0x140000,
                                        0x130000, 0x120000, 0x110000, 0x100000));
  return _mm512_permutexvar_epi16(places,
                                  reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(second, first)));
}

/// Scores become weights 2^(score - greatest), in pairs of keys.
void weigh(const Layout& layout, std::int64_t keys, Running& running) {
  for (std::int64_t half = 0; half < 2; ++half) {
    const float* scores = layout.scores + half * kLanes;
    std::uint32_t* weights = layout.weights + half * kLanes;
    __m512 total = running.total[half];
    for (std::int64_t key = 0; key < keys; key += 2) {
      const __m512 first = coarseExp2(
          _mm512_sub_ps(_mm512_loadu_ps(scores + key * kQueries), running.greatest[half]));
      const __m512 second = coarseExp2(
          _mm512_sub_ps(_mm512_loadu_ps(scores + (key + 1) * kQueries), running.greatest[half]));
      total = _mm512_add_ps(total, _mm512_add_ps(first, second));
      _mm512_storeu_si512(weights + key / 2 * kQueries, paired(first, second));
    }
    running.total[half] = total;
  }
}

/// Sums of one tile of dimensions: what they were times `kept`, and the block's weighted values.
void mixTile(const Layout& layout, std::int64_t firstKey, std::int64_t keys, std::int64_t tile,
             const __m512* kept) {
  __m512 sum[kTile][2];
  for (std::int64_t d = 0; d < kTile; ++d) {
    const float* before = layout.sums + (tile + d) * kQueries;
    sum[d][0] = _mm512_mul_ps(_mm512_loadu_ps(before), kept[0]);
    sum[d][1] = _mm512_mul_ps(_mm512_loadu_ps(before + kLanes), kept[1]);
  }
  const std::uint32_t* values = layout.values + firstKey / 2 * layout.columns + tile;
  for (std::int64_t pair = 0; pair < keys / 2; ++pair) {
    const __m512bh low = pairsAt(layout.weights + pair * kQueries);
    const __m512bh high = pairsAt(layout.weights + pair * kQueries + kLanes);
    for (std::int64_t d = 0; d < kTile; ++d) {
      const __m512bh value = spread(values[pair * layout.columns + d]);
      sum[d][0] = _mm512_dpbf16_ps(sum[d][0], low, value);
      sum[d][1] = _mm512_dpbf16_ps(sum[d][1], high, value);
    }
  }
  for (std::int64_t d = 0; d < kTile; ++d) {
    float* after = layout.sums + (tile + d) * kQueries;
    _mm512_storeu_ps(after, sum[d][0]);
    _mm512_storeu_ps(after + kLanes, sum[d][1]);
  }
}

void attendBlock(const Layout& layout, const KeyBlock& block, Running& running) {
  const std::int64_t left = block.end - block.first;
  const std::int64_t keys = left < kKeys ? roundedUp(left, kTile) : kKeys;
  __m512 greatest[2] = {running.greatest[0], running.greatest[1]};
  for (std::int64_t tile = 0; tile < keys; tile += kTile) {
    scoreTile(layout, block, tile, greatest);
  }
  __m512 kept[2];
  for (int half = 0; half < 2; ++half) {
    kept[half] = exp2(_mm512_sub_ps(running.greatest[half], greatest[half]));
    running.total[half] = _mm512_mul_ps(running.total[half], kept[half]);
    running.greatest[half] = greatest[half];
  }
  weigh(layout, keys, running);
  for (std::int64_t tile = 0; tile < layout.columns; tile += kTile) {
    mixTile(layout, block.first, keys, tile, kept);
  }
}

void storeQueries(const FusedAttention& work, const FusedItem& item, const Layout& layout,
                  std::int64_t first, const Running& running) {
  alignas(64) std::uint16_t results[kWidestFusedHead][kQueries];
  for (int half = 0; half < 2; ++half) {
    const __m512 share = _mm512_div_ps(_mm512_set1_ps(1.0F), running.total[half]);
    for (std::int64_t d = 0; d < work.headWidth; ++d) {
      const __m512 sum = _mm512_loadu_ps(layout.sums + d * kQueries + half * kLanes);
      _mm256_store_si256(reinterpret_cast<__m256i*>(results[d] + half * kLanes),
                         rounded(_mm512_mul_ps(sum, share)));
    }
  }
  const std::int64_t count = item.length - first < kQueries ? item.length - first : kQueries;
  for (std::int64_t q = 0; q < count; ++q) {
    auto* into = static_cast<std::uint16_t*>(work.result) +
                 ((item.firstRow + first + q) * work.heads + item.head) * work.headWidth;
    for (std::int64_t d = 0; d < work.headWidth; ++d) {
      into[d] = results[d][q];
    }
  }
}

}  // namespace

bool isBfloat16AttentionBuilt() noexcept {
  return true;
}

std::size_t bfloat16AttentionScratch(std::int64_t longest, std::int64_t headWidth) {
  const std::int64_t columns = roundedUp(headWidth, kTile);
  const std::int64_t words = kKeys * kQueries + kKeys / 2 * kQueries + headWidth / 2 * kQueries +
                             columns * kQueries + paddedKeys(longest) * headWidth / 2 +
                             paddedKeys(longest) / 2 * columns;
  return static_cast<std::size_t>(words) * sizeof(float);
}

void attendOneHeadInBfloat16(const FusedAttention& work, const FusedItem& item, void* scratch) {
  const Layout layout = layoutIn(scratch, item.length, work.headWidth);
  loadKeys(work, item, layout);
  loadValues(work, item, layout);
  const Rows queries = rowsOf(work, item, 0);
  for (std::int64_t first = 0; first < item.length; first += kQueries) {
    loadQueries(work, item, layout, queries, first);
    Running running;
    for (int half = 0; half < 2; ++half) {
      running.greatest[half] = _mm512_set1_ps(kMasked);
      running.total[half] = _mm512_setzero_ps();
    }
    for (std::int64_t i = 0; i < layout.columns * kQueries; ++i) {
      layout.sums[i] = 0;
    }
    const std::int64_t seen = first + kQueries < item.length ? first + kQueries : item.length;
    const std::int64_t end = work.isCausal ? seen : item.length;
    for (std::int64_t key = 0; key < end; key += kKeys) {
      attendBlock(layout, {key, end, first, work.isCausal}, running);
    }
    storeQueries(work, item, layout, first, running);
  }
}

#else

bool isBfloat16AttentionBuilt() noexcept {
  return false;
}

std::size_t bfloat16AttentionScratch(std::int64_t /*longest*/, std::int64_t /*headWidth*/) {
  return 0;
}

void attendOneHeadInBfloat16(const FusedAttention& /*work*/, const FusedItem& /*item*/,
                             void* /*scratch*/) {}

#endif

}  // namespace twofold::models
