// Logits of 4 x 64 pairs from packed numbers of their proteins: the inner loop of all-pairs
// scoring, in AVX-512 and portable. No inline functions here: the two are compiled for different
// processors.
#pragma once

#include <cstdint>

namespace twofold::models {

inline constexpr std::int64_t kTileRows = 4;
inline constexpr std::int64_t kTileColumns = 64;

/// Units of the head by the sign of their weight; its size is in the numbers already, so that a
/// pair's logit is sums and products that commute: the same bits from either side.
struct PairUnits {
  std::int64_t added = 0;  // hidden units that raise the logit; even
  std::int64_t taken = 0;  // hidden units that lower it, after the others; even
  std::int64_t addedProducts = 0;
  std::int64_t takenProducts = 0;
  float bias = 0;
  bool isNarrow = false;  // hidden units of columns are bfloat16
};

/// Borrowed memory; columns begin at multiples of 64 bytes.
struct PairTile {
  const float* rows = nullptr;         // [4, stride]: hidden units, products, linear term
  std::int64_t stride = 0;             // units and 1
  const void* hidden = nullptr;        // [units, 64] float32, or [units / 2, 64] pairs of bfloat16
  const float* products = nullptr;     // [products, 64]
  const float* linear = nullptr;       // [64]
  const float* thresholds = nullptr;   // [4], one a row
  float* logits = nullptr;             // [4, 64]
  std::uint64_t* isAtLeast = nullptr;  // [4]: bit c is set where column c reaches the threshold
};

using PairKernel = void (*)(const PairUnits& units, const PairTile& tile);

void scoreTilePortable(const PairUnits& units, const PairTile& tile);

/// False where the compiler made no AVX-512 code; then scoreTileAvx512 must not be called.
[[nodiscard]] bool isPairAvx512Built() noexcept;
/// Needs AVX-512 F, BW, DQ and VL.
void scoreTileAvx512(const PairUnits& units, const PairTile& tile);

}  // namespace twofold::models
