#include <cstring>

#include "models/allpairs/pair_kernel.h"

namespace twofold::models {

namespace {

/// `unit` of all columns as float32.
void readHidden(const PairUnits& units, const void* hidden, std::int64_t unit, float* columns) {
  const auto* bytes = static_cast<const char*>(hidden);
  if (!units.isNarrow) {
    std::memcpy(columns, bytes + unit * kTileColumns * 4, kTileColumns * 4);
    return;
  }
  std::uint32_t pairs[kTileColumns];
  std::memcpy(pairs, bytes + unit / 2 * kTileColumns * 4, sizeof(pairs));
  for (std::uint32_t& pair : pairs) {
    pair = unit % 2 == 0 ? pair << 16U : pair & 0xFFFF0000U;
  }
  std::memcpy(columns, pairs, sizeof(pairs));
}

void addHidden(const PairUnits& units, const PairTile& tile, std::int64_t unit,
               float (&sums)[kTileRows][kTileColumns]) {
  float columns[kTileColumns];
  readHidden(units, tile.hidden, unit, columns);
  const float sign = unit < units.added ? 1.0F : -1.0F;
  for (std::int64_t row = 0; row < kTileRows; ++row) {
    const float value = tile.rows[row * tile.stride + unit];
    for (std::int64_t c = 0; c < kTileColumns; ++c) {
      const float sum = value + columns[c];
      sums[row][c] += sign * (sum > 0 ? sum : 0);
    }
  }
}

void addProduct(const PairUnits& units, const PairTile& tile, std::int64_t product,
                float (&sums)[kTileRows][kTileColumns]) {
  const float* columns = tile.products + product * kTileColumns;
  const float sign = product < units.addedProducts ? 1.0F : -1.0F;
  for (std::int64_t row = 0; row < kTileRows; ++row) {
    const float value = sign * tile.rows[row * tile.stride + units.added + units.taken + product];
    for (std::int64_t c = 0; c < kTileColumns; ++c) {
      sums[row][c] += value * columns[c];
    }
  }
}

}  // namespace

void scoreTilePortable(const PairUnits& units, const PairTile& tile) {
  float sums[kTileRows][kTileColumns] = {};
  for (std::int64_t unit = 0; unit < units.added + units.taken; ++unit) {
    addHidden(units, tile, unit, sums);
  }
  for (std::int64_t i = 0; i < units.addedProducts + units.takenProducts; ++i) {
    addProduct(units, tile, i, sums);
  }
  for (std::int64_t row = 0; row < kTileRows; ++row) {
    const float linear = tile.rows[row * tile.stride + tile.stride - 1];
    tile.isAtLeast[row] = 0;
    for (std::int64_t c = 0; c < kTileColumns; ++c) {
      const float logit = sums[row][c] + ((linear + tile.linear[c]) + units.bias);
      tile.logits[row * kTileColumns + c] = logit;
      tile.isAtLeast[row] |= static_cast<std::uint64_t>(logit >= tile.thresholds[row]) << c;
    }
  }
}

}  // namespace twofold::models
