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

float widened(std::uint16_t value) {
  return __builtin_bit_cast(float, static_cast<std::uint32_t>(value) << 16U);
}

std::uint32_t rounded(float value) {
  const auto bits = __builtin_bit_cast(std::uint32_t, value);
  return (bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U;
}

/// Which of the row's heads + 2 keyHeads vectors: part 0 (query), 1 (key) or 2 (value).
const std::uint16_t* vectorOf(const FusedAttention& work, const FusedItem& item, std::int64_t row,
                              int part) {
  const std::int64_t shared = work.heads + item.head / (work.heads / work.keyHeads);
  const std::int64_t vector = part == 0 ? item.head : shared + (part == 1 ? 0 : work.keyHeads);
  const std::int64_t rowStart = (item.firstRow + row) * (work.heads + 2 * work.keyHeads);
  return static_cast<const std::uint16_t*>(work.qkv) + (rowStart + vector) * work.headWidth;
}

/// Query or key of a row, turned, times `scale`, in bfloat16.
void loadTurned(const FusedAttention& work, const FusedItem& item, std::int64_t row, int part,
                float scale, Half* into) {
  const std::uint16_t* from = vectorOf(work, item, row, part);
  const std::int64_t half = work.headWidth / 2;
  if (work.cosines == nullptr) {
    for (std::int64_t d = 0; d < work.headWidth; ++d) {
      into[d] = static_cast<Half>(rounded(widened(from[d]) * scale));
    }
    return;
  }
  const float* cosines = work.cosines + (item.firstRow + row) * half;
  const float* sines = work.sines + (item.firstRow + row) * half;
  for (std::int64_t d = 0; d < half; ++d) {
    const float low = widened(from[d]);
    const float high = widened(from[d + half]);
    into[d] = static_cast<Half>(rounded((low * cosines[d] - high * sines[d]) * scale));
    into[d + half] =
        static_cast<std::uint16_t>(rounded((high * cosines[d] + low * sines[d]) * scale));
  }
}

void loadKeys(const FusedAttention& work, const FusedItem& item, const Layout& layout) {
  for (std::int64_t row = 0; row < item.length; ++row) {
    loadTurned(work, item, row, 1, 1.0F, reinterpret_cast<Half*>(layout.keys + row * layout.pairs));
  }
  const std::int64_t end = paddedKeys(item.length);
  for (std::int64_t i = item.length * layout.pairs; i < end * layout.pairs; ++i) {
    layout.keys[i] = 0;
  }
}

void loadValues(const FusedAttention& work, const FusedItem& item, const Layout& layout) {
  for (std::int64_t pair = 0; pair < paddedKeys(item.length) / 2; ++pair) {
    std::uint32_t* into = layout.values + pair * layout.columns;
    for (std::int64_t d = 0; d < layout.columns; ++d) {
      into[d] = 0;
    }
    for (std::int64_t second = 0; second < 2 && 2 * pair + second < item.length; ++second) {
      const std::uint16_t* from = vectorOf(work, item, 2 * pair + second, 2);
      for (std::int64_t d = 0; d < work.headWidth; ++d) {
        into[d] |= static_cast<std::uint32_t>(from[d]) << static_cast<unsigned>(16 * second);
      }
    }
  }
}

/// Queries past the end repeat the last; their results are not stored.
void loadQueries(const FusedAttention& work, const FusedItem& item, const Layout& layout,
                 std::int64_t first) {
  constexpr float kLog2E = 1.44269504088896341F;
  // Scores in units of log 2, so that the exponential needs no multiplication.
  const float scale = kLog2E / __builtin_sqrtf(static_cast<float>(work.headWidth));
  for (std::int64_t q = 0; q < kQueries; ++q) {
    alignas(64) std::uint32_t turned[kWidestFusedHead / 2];
    const std::int64_t row = first + q < item.length ? first + q : item.length - 1;
    loadTurned(work, item, row, 0, scale, reinterpret_cast<Half*>(turned));
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

/// Scores of one tile of keys; raises the greatest.
void scoreTile(const Layout& layout, const KeyBlock& block, std::int64_t tile, __m512* greatest) {
  __m512 score[kTile][2];
  for (auto& key : score) {
    key[0] = _mm512_setzero_ps();
    key[1] = _mm512_setzero_ps();
  }
  const std::uint32_t* keys = layout.keys + (block.first + tile) * layout.pairs;
  for (std::int64_t i = 0; i < layout.pairs; ++i) {
    const __m512bh low = pairsAt(layout.queries + i * kQueries);
    const __m512bh high = pairsAt(layout.queries + i * kQueries + kLanes);
    for (std::int64_t k = 0; k < kTile; ++k) {
      const __m512bh key = spread(keys[k * layout.pairs + i]);
      score[k][0] = _mm512_dpbf16_ps(score[k][0], low, key);
      score[k][1] = _mm512_dpbf16_ps(score[k][1], high, key);
    }
  }
  const bool isWhole = block.first + tile + kTile <= block.end &&
                       (!block.isCausal || block.first + tile + kTile <= block.firstQuery + 1);
  for (std::int64_t k = 0; k < kTile; ++k) {
    for (std::int64_t half = 0; half < 2; ++half) {
      const __m512 value =
          isWhole ? score[k][half]
                  : masked(block, block.first + tile + k, half * kLanes, score[k][half]);
      _mm512_storeu_ps(layout.scores + (tile + k) * kQueries + half * kLanes, value);
      greatest[half] = _mm512_max_ps(greatest[half], value);
    }
  }
}

/// Two weights as a pair of bfloat16, rounded half up.
inline __m512i paired(__m512 first, __m512 second) {
  const __m512i half = _mm512_set1_epi32(0x8000);
  const __m512i low = _mm512_srli_epi32(_mm512_add_epi32(_mm512_castps_si512(first), half), 16);
  const __m512i high = _mm512_add_epi32(_mm512_castps_si512(second), half);
  return _mm512_mask_blend_epi16(0xAAAAAAAAU, low, high);
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
  alignas(64) float shares[kQueries];
  for (int half = 0; half < 2; ++half) {
    _mm512_store_ps(shares + half * kLanes,
                    _mm512_div_ps(_mm512_set1_ps(1.0F), running.total[half]));
  }
  const std::int64_t count = item.length - first < kQueries ? item.length - first : kQueries;
  for (std::int64_t q = 0; q < count; ++q) {
    auto* into = static_cast<std::uint16_t*>(work.result) +
                 ((item.firstRow + first + q) * work.heads + item.head) * work.headWidth;
    for (std::int64_t d = 0; d < work.headWidth; ++d) {
      into[d] = static_cast<std::uint16_t>(rounded(layout.sums[d * kQueries + q] * shares[q]));
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
  for (std::int64_t first = 0; first < item.length; first += kQueries) {
    loadQueries(work, item, layout, first);
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
