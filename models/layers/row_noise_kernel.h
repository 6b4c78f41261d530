// Which numbers of which rows dropout sets to zero: integers alone, so the same on every processor.
#pragma once

#include <cstdint>
#include <span>

namespace twofold::models {

inline constexpr std::uint32_t kMixFirst = 0x7FEB352D;
inline constexpr std::uint32_t kMixSecond = 0x846CA68B;

/// A mixing of 32 bits in which each input bit moves each output bit about half the time
/// ("lowbias32", Wellons 2018).
[[nodiscard]] constexpr std::uint32_t mixed(std::uint32_t x) {
  x ^= x >> 16;
  x *= kMixFirst;
  x ^= x >> 15;
  x *= kMixSecond;
  return x ^ (x >> 16);
}

/// The number in row r, column c stays, times `scale`, where mixed(rows[r] ^ columns[c]) is
/// `threshold` or more.
struct DropoutShape {
  std::span<const std::uint32_t> rows;
  std::span<const std::uint32_t> columns;
  std::uint32_t threshold = 0;
  float scale = 1;
};

/// [rows, columns] to the same.
void dropRows(const DropoutShape& shape, const float* from, float* to);
/// `scale` or 0 for each.
void dropMask(const DropoutShape& shape, float* to);

}  // namespace twofold::models
