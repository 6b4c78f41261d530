// Compiled with vector instructions, so nothing here may include code that others share as inline
// functions: the linker could keep this file's copy for processors that lack them.
#include "models/layers/attention_avx512.h"

#ifdef __AVX512F__
#include "models/layers/exp2_avx512.h"
#endif

namespace twofold::models {

#ifdef __AVX512F__

namespace {

constexpr std::int64_t kLanes = 16;
constexpr std::int64_t kKeyBlock = 2 * kLanes;
constexpr float kMasked = -1e30F;  // finite, so that the exponential's rounding stays a number

constexpr std::int64_t roundedUp(std::int64_t value, std::int64_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

/// Queries that share one pass over keys and values, so that the sums of `Vectors` vectors each
/// and the loaded operands fit the 32 registers.
template <int Vectors>
constexpr int kQueries = Vectors == 8   ? 2
                         : Vectors == 4 ? 4
                                        : 8;

/// Heads over 64 go through one kernel of eight vectors.
constexpr std::int64_t paddedWidth(std::int64_t headWidth) {
  return headWidth > 4 * kLanes ? 8 * kLanes : roundedUp(headWidth, kLanes);
}

struct Layout {
  std::int64_t paddedLength = 0;
  std::int64_t paddedWidth = 0;
  float* keys = nullptr;     // [headWidth, paddedLength]: transposed
  float* values = nullptr;   // [paddedLength, paddedWidth]
  float* scores = nullptr;   // [queries, paddedLength]
  float* queries = nullptr;  // [headWidth, queries]
};

Layout layoutIn(float* scratch, std::int64_t length, std::int64_t headWidth) {
  Layout layout;
  layout.paddedLength = roundedUp(length, kKeyBlock);
  layout.paddedWidth = paddedWidth(headWidth);
  layout.keys = scratch;
  layout.values = layout.keys + headWidth * layout.paddedLength;
  layout.scores = layout.values + layout.paddedLength * layout.paddedWidth;
  layout.queries = layout.scores + 8 * layout.paddedLength;
  return layout;
}

/// The first `count` lanes, at most 16.
inline __mmask16 firstLanes(std::int64_t count) {
  return count >= kLanes ? 0xFFFFU
                         : static_cast<__mmask16>((1U << static_cast<unsigned>(count)) - 1U);
}

/// The lanes of `mask` from an offset into queries, keys and values, as floats; the rest are 0.
inline __m512 loadLanes(const FusedAttention& work, std::int64_t offset, __mmask16 mask) {
  if (!work.isBfloat16) {
    return _mm512_maskz_loadu_ps(mask, static_cast<const float*>(work.qkv) + offset);
  }
  const auto* from = static_cast<const std::uint16_t*>(work.qkv) + offset;
  const __m256i halves =
      _mm512_castsi512_si256(_mm512_maskz_loadu_epi16(static_cast<__mmask32>(mask), from));
  return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(halves), 16));
}

/// Which of the row's heads + 2 keyHeads vectors: part 0 (query), 1 (key) or 2 (value).
std::int64_t vectorOf(const FusedAttention& work, std::int64_t head, int part) {
  if (part == 0) {
    return head;
  }
  // Dividing takes as long as turning the row.
  const std::int64_t shared =
      work.heads == work.keyHeads ? head : head / (work.heads / work.keyHeads);
  return work.heads + (part == 1 ? 0 : work.keyHeads) + shared;
}

/// One row of part 0 (query), 1 (key) or 2 (value), turned unless it is a value, times `scale`.
inline void loadRow(const FusedAttention& work, const FusedItem& item, std::int64_t row, int part,
                    float scale, float* into) {
  const std::int64_t width = work.headWidth;
  const std::int64_t vectors = work.heads + 2 * work.keyHeads;
  const std::int64_t from =
      ((item.firstRow + row) * vectors + vectorOf(work, item.head, part)) * width;
  const __m512 scales = _mm512_set1_ps(scale);
  if (part == 2 || work.cosines == nullptr) {
    for (std::int64_t d = 0; d < width; d += kLanes) {
      const __mmask16 lanes = firstLanes(width - d);
      _mm512_mask_storeu_ps(into + d, lanes,
                            _mm512_mul_ps(loadLanes(work, from + d, lanes), scales));
    }
    return;
  }
  const std::int64_t half = width / 2;
  const float* cosines = work.cosines + (item.firstRow + row) * half;
  const float* sines = work.sines + (item.firstRow + row) * half;
  for (std::int64_t d = 0; d < half; d += kLanes) {
    const __mmask16 lanes = firstLanes(half - d);
    const __m512 cosine = _mm512_mul_ps(_mm512_maskz_loadu_ps(lanes, cosines + d), scales);
    const __m512 sine = _mm512_mul_ps(_mm512_maskz_loadu_ps(lanes, sines + d), scales);
    const __m512 first = loadLanes(work, from + d, lanes);
    const __m512 second = loadLanes(work, from + d + half, lanes);
    _mm512_mask_storeu_ps(into + d, lanes,
                          _mm512_fmsub_ps(first, cosine, _mm512_mul_ps(second, sine)));
    _mm512_mask_storeu_ps(into + d + half, lanes,
                          _mm512_fmadd_ps(first, sine, _mm512_mul_ps(second, cosine)));
  }
}

void loadKeysAndValues(const FusedAttention& work, const FusedItem& item, const Layout& layout) {
  const std::int64_t width = work.headWidth;
  for (std::int64_t row = 0; row < layout.paddedLength; ++row) {
    alignas(64) float turned[kWidestFusedHead] = {};
    float* value = layout.values + row * layout.paddedWidth;
    for (std::int64_t d = 0; d < layout.paddedWidth; ++d) {
      value[d] = 0;
    }
    if (row < item.length) {
      loadRow(work, item, row, 1, 1.0F, turned);
      loadRow(work, item, row, 2, 1.0F, value);
    }
    for (std::int64_t d = 0; d < width; ++d) {
      layout.keys[d * layout.paddedLength + row] = turned[d];
    }
  }
}

/// Lanes of 32 keys from `key` on that are below `limit`.
inline std::uint32_t below(std::int64_t key, std::int64_t limit) {
  const std::int64_t left = limit - key;
  if (left >= kKeyBlock) {
    return 0xFFFFFFFFU;
  }
  return left <= 0 ? 0U : (1U << static_cast<unsigned>(left)) - 1U;
}

/// Queries that share a pass, and what they may look at.
struct QueryBlock {
  std::int64_t first = 0;  // query
  std::int64_t keys = 0;   // the last query looks at so many
};

/// Scores of the block's queries against its keys, and the greatest of each query.
template <int Queries>
void scoreKeys(const FusedAttention& work, const QueryBlock& block, const Layout& layout,
               float* greatest) {
  __m512 best[Queries];
  for (auto& value : best) {
    value = _mm512_set1_ps(kMasked);
  }
  for (std::int64_t key = 0; key < block.keys; key += kKeyBlock) {
    __m512 low[Queries];
    __m512 high[Queries];
    // Unrolled by hand here and below: else the compiler keeps the sums in memory.
#pragma GCC unroll 8
    for (int q = 0; q < Queries; ++q) {
      low[q] = _mm512_setzero_ps();
      high[q] = _mm512_setzero_ps();
    }
    for (std::int64_t d = 0; d < work.headWidth; ++d) {
      const float* keys = layout.keys + d * layout.paddedLength + key;
      const __m512 first = _mm512_loadu_ps(keys);
      const __m512 second = _mm512_loadu_ps(keys + kLanes);
#pragma GCC unroll 8
      for (int q = 0; q < Queries; ++q) {
        const __m512 query = _mm512_set1_ps(layout.queries[d * Queries + q]);
        low[q] = _mm512_fmadd_ps(query, first, low[q]);
        high[q] = _mm512_fmadd_ps(query, second, high[q]);
      }
    }
#pragma GCC unroll 8
    for (int q = 0; q < Queries; ++q) {
      const std::int64_t own = block.first + q + 1;
      const auto valid = below(key, work.isCausal && own < block.keys ? own : block.keys);
      const auto firstValid = static_cast<__mmask16>(valid & 0xFFFFU);
      const auto secondValid = static_cast<__mmask16>(valid >> 16U);
      const __m512 masked = _mm512_set1_ps(kMasked);
      const __m512 first = _mm512_mask_blend_ps(firstValid, masked, low[q]);
      const __m512 second = _mm512_mask_blend_ps(secondValid, masked, high[q]);
      _mm512_storeu_ps(layout.scores + q * layout.paddedLength + key, first);
      _mm512_storeu_ps(layout.scores + q * layout.paddedLength + key + kLanes, second);
      best[q] = _mm512_max_ps(best[q], _mm512_max_ps(first, second));
    }
  }
  for (int q = 0; q < Queries; ++q) {
    greatest[q] = _mm512_reduce_max_ps(best[q]);
  }
}

/// Scores become 2^(score - greatest); returns their sum.
float exponentiate(float* scores, std::int64_t count, float greatest) {
  const __m512 shift = _mm512_set1_ps(greatest);
  __m512 sum = _mm512_setzero_ps();
  for (std::int64_t i = 0; i < count; i += kLanes) {
    const __m512 weight = exp2(_mm512_sub_ps(_mm512_loadu_ps(scores + i), shift));
    _mm512_storeu_ps(scores + i, weight);
    sum = _mm512_add_ps(sum, weight);
  }
  return _mm512_reduce_add_ps(sum);
}

/// Rounded to the nearest, ties to even.
inline __m256i roundedToBfloat16(__m512 values) {
  const __m512i bits = _mm512_castps_si512(values);
  const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
  const __m512i up = _mm512_add_epi32(odd, _mm512_set1_epi32(0x7FFF));
  return _mm512_cvtepi32_epi16(_mm512_srli_epi32(_mm512_add_epi32(bits, up), 16));
}

inline void storeRow(const FusedAttention& work, const FusedItem& item, std::int64_t row,
                     const float* values) {
  const std::int64_t width = work.headWidth;
  const std::int64_t offset = ((item.firstRow + row) * work.heads + item.head) * width;
  for (std::int64_t d = 0; d < width; d += kLanes) {
    const __mmask16 lanes = firstLanes(width - d);
    const __m512 lot = _mm512_loadu_ps(values + d);
    if (work.isBfloat16) {
      auto* into = static_cast<std::uint16_t*>(work.result) + offset + d;
      _mm512_mask_storeu_epi16(into, static_cast<__mmask32>(lanes),
                               _mm512_castsi256_si512(roundedToBfloat16(lot)));
    } else {
      _mm512_mask_storeu_ps(static_cast<float*>(work.result) + offset + d, lanes, lot);
    }
  }
}

/// Weighted sums of the values, divided by the sum of the weights.
template <int Vectors, int Queries>
void mixValues(const Layout& layout, std::int64_t length, const float* sums, float* mixed) {
  __m512 total[Queries][Vectors];
  for (auto& query : total) {
    for (auto& vector : query) {
      vector = _mm512_setzero_ps();
    }
  }
  for (std::int64_t key = 0; key < length; ++key) {
    __m512 value[Vectors];
    for (int v = 0; v < Vectors; ++v) {
      value[v] = _mm512_loadu_ps(layout.values + key * layout.paddedWidth + v * kLanes);
    }
    for (int q = 0; q < Queries; ++q) {
      const __m512 weight = _mm512_set1_ps(layout.scores[q * layout.paddedLength + key]);
      for (int v = 0; v < Vectors; ++v) {
        total[q][v] = _mm512_fmadd_ps(weight, value[v], total[q][v]);
      }
    }
  }
  for (int q = 0; q < Queries; ++q) {
    const __m512 share = _mm512_set1_ps(1.0F / sums[q]);
    for (int v = 0; v < Vectors; ++v) {
      _mm512_storeu_ps(mixed + (q * Vectors + v) * kLanes, _mm512_mul_ps(total[q][v], share));
    }
  }
}

template <int Vectors>
void attend(const FusedAttention& work, const FusedItem& item, const Layout& layout) {
  constexpr int kCount = kQueries<Vectors>;
  constexpr float kLog2E = 1.44269504088896341F;
  // Scores in units of log 2, so that the exponential needs no multiplication.
  const float scale = kLog2E / __builtin_sqrtf(static_cast<float>(work.headWidth));
  loadKeysAndValues(work, item, layout);
  for (std::int64_t first = 0; first < item.length; first += kCount) {
    const std::int64_t count = item.length - first < kCount ? item.length - first : kCount;
    for (int q = 0; q < kCount; ++q) {
      alignas(64) float turned[kWidestFusedHead];
      // Places past the end repeat the last query; their results are not stored.
      loadRow(work, item, first + (q < count ? q : count - 1), 0, scale, turned);
      for (std::int64_t d = 0; d < work.headWidth; ++d) {
        layout.queries[d * kCount + q] = turned[d];
      }
    }
    float greatest[kCount];
    float sums[kCount];
    alignas(64) float mixed[kCount * Vectors * kLanes];
    const QueryBlock block = {first, work.isCausal ? first + count : item.length};
    scoreKeys<kCount>(work, block, layout, greatest);
    for (int q = 0; q < kCount; ++q) {
      sums[q] = exponentiate(layout.scores + q * layout.paddedLength,
                             roundedUp(block.keys, kKeyBlock), greatest[q]);
    }
    mixValues<Vectors, kCount>(layout, block.keys, sums, mixed);
    for (std::int64_t q = 0; q < count; ++q) {
      storeRow(work, item, first + q, mixed + q * Vectors * kLanes);
    }
  }
}

}  // namespace

bool isFusedAttentionBuilt() noexcept {
  return true;
}

std::size_t fusedAttentionScratch(std::int64_t longest, std::int64_t headWidth) {
  const std::int64_t length = roundedUp(longest, kKeyBlock);
  return static_cast<std::size_t>(length * (headWidth + paddedWidth(headWidth) + 8) +
                                  8 * headWidth);
}

void attendOneHead(const FusedAttention& work, const FusedItem& item, float* scratch) {
  const Layout layout = layoutIn(scratch, item.length, work.headWidth);
  switch (layout.paddedWidth / kLanes) {
    case 1:
      return attend<1>(work, item, layout);
    case 2:
      return attend<2>(work, item, layout);
    case 3:
      return attend<3>(work, item, layout);
    case 4:
      return attend<4>(work, item, layout);
    default:
      return attend<8>(work, item, layout);
  }
}

#else

bool isFusedAttentionBuilt() noexcept {
  return false;
}

std::size_t fusedAttentionScratch(std::int64_t /*longest*/, std::int64_t /*headWidth*/) {
  return 0;
}

void attendOneHead(const FusedAttention& /*work*/, const FusedItem& /*item*/, float* /*scratch*/) {}

#endif

}  // namespace twofold::models
