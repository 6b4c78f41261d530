// The arithmetic of an int8 linear layer over plain memory, in two versions that agree in every
// integer: weights are int8 with one scale an output, activations uint8 with a scale and a zero
// point a row, sums int32.
#pragma once

#include <cstddef>
#include <cstdint>

namespace twofold::models {

/// Weights lie in panels of 64 outputs (the last one narrower), a panel as [in / 4][outputs][4], so
/// that four inputs of sixteen outputs make one vector. Outputs are padded to 16, inputs to 4, with
/// zeros.
inline constexpr std::int64_t kInt8Panel = 64;
inline constexpr std::int64_t kInt8Lanes = 16;
inline constexpr std::int64_t kInt8Group = 4;
/// Most rows of one call: a row of 5,120 inputs still lies in the second-level cache beside a
/// panel.
inline constexpr std::int64_t kInt8RowBlock = 96;
/// 255 * 127 * inputs stays within the sums.
inline constexpr std::int64_t kMostInt8Inputs = 66'000;

constexpr std::int64_t int8RoundedUp(std::int64_t value, std::int64_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

/// Borrowed. The arrays have one entry a padded output.
struct Int8Weights {
  const std::int8_t* panels = nullptr;
  const float* scales = nullptr;
  const float* bias = nullptr;
  const std::int32_t* sums = nullptr;  // of an output's weights
  std::int64_t in = 0;
  std::int64_t out = 0;
};

/// Borrowed; both dense, row-major and of one type.
struct Int8Rows {
  const void* rows = nullptr;  // [rows, in] float32 or bfloat16
  void* results = nullptr;     // [rows, out]
  bool isBfloat16 = false;
  bool withGelu = false;
};

/// A row x is scale * (quantised - zero). A row with a NaN or infinity has no finite results.
struct Int8Quantised {
  std::uint8_t* values;  // [rows, stride]
  std::int64_t stride;
  float* scales;        // [rows]
  std::int32_t* zeros;  // [rows]
};

/// Greatest quantised value of a row; 0 and 255 are kept free for rounding.
inline constexpr float kInt8Levels = 254.0F;
/// A row whose values span less than this counts as zero: its scale has no reciprocal.
inline constexpr float kLeastInt8Span = 1e-30F;

/// Bytes between rows: a multiple of a cache line, and odd in lines so that rows of a power of two
/// do not share cache sets.
constexpr std::int64_t int8Stride(std::int64_t in) {
  return int8RoundedUp(in, 64) + (int8RoundedUp(in, 64) / 64 % 2 == 0 ? 64 : 0);
}

/// Rows [first, first + count), count at most kInt8RowBlock, through memory for so many rows.
using Int8Kernel = void (*)(const Int8Weights& weights, const Int8Rows& work, std::int64_t first,
                            std::int64_t count, const Int8Quantised& memory);

void multiplyInt8Portable(const Int8Weights& weights, const Int8Rows& work, std::int64_t first,
                          std::int64_t count, const Int8Quantised& memory);

/// False where the compiler made no AVX-512 code; then the next must not be called.
[[nodiscard]] bool isInt8Avx512Built() noexcept;
/// Needs AVX-512 F, BW, DQ, VL and VNNI.
void multiplyInt8Avx512(const Int8Weights& weights, const Int8Rows& work, std::int64_t first,
                        std::int64_t count, const Int8Quantised& memory);

}  // namespace twofold::models
