#include "models/allpairs/pair_packing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/error.h"

namespace twofold::models {

namespace {

constexpr auto kColumns = static_cast<std::size_t>(kTileColumns);
constexpr std::size_t kStripRow = kColumns * sizeof(float);  // bytes of one number a column

/// The 16 high bits of the nearest bfloat16; of two equally near, the even one.
std::uint32_t bfloat16Bits(float value) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof(bits));
  return (bits + 0x7FFFU + ((bits >> 16U) & 1U)) & 0xFFFF0000U;
}

float roundedToBfloat16(float value) {
  const std::uint32_t bits = bfloat16Bits(value);
  std::memcpy(&value, &bits, sizeof(bits));
  return value;
}

[[noreturn]] void throwNotFinite(const std::string& where) {
  throw Error(ErrorKind::BadInput,
              fmt::format("{} of the factorised head is not a finite number; look for embeddings "
                          "that are not numbers, or take an earlier checkpoint",
                          where));
}

void checkFinite(const std::vector<float>& values, std::size_t perProtein) {
  const auto found =
      std::find_if(values.begin(), values.end(), [](float value) { return !std::isfinite(value); });
  if (found != values.end()) {
    const auto position = static_cast<std::size_t>(found - values.begin());
    throwNotFinite(perProtein == 0 ? "a weight"
                                   : fmt::format("a number of protein {}", position / perProtein));
  }
}

}  // namespace

PackedColumns::PackedColumns(std::size_t strips, std::size_t bytes)
    : m_stride((bytes + 63) / 64 * 64),
      m_bytes(static_cast<std::byte*>(::operator new[](strips* m_stride, kAlignment))) {}

PairPacking::PairPacking(const FactorisedTable& table, Precision precision) : m_table(table) {
  checkTable();
  orderUnits();
  m_units.bias = table.bias;
  m_units.isNarrow = precision == Precision::Bf16;
}

void PairPacking::checkTable() const {
  const std::size_t proteins = m_table.proteins();
  if (m_table.hidden.size() != proteins * m_table.hiddenWeights.size() ||
      m_table.bilinear.size() != proteins * m_table.bilinearWeights.size()) {
    throw Error(ErrorKind::BadInput,
                fmt::format("the factorised head's tables of {} proteins do not agree: {} and {} "
                            "numbers for {} and {} units; make them anew from the run",
                            proteins, m_table.hidden.size(), m_table.bilinear.size(),
                            m_table.hiddenWeights.size(), m_table.bilinearWeights.size()));
  }
  checkFinite(m_table.hiddenWeights, 0);
  checkFinite(m_table.bilinearWeights, 0);
  checkFinite({m_table.bias}, 0);
  checkFinite(m_table.hidden, m_table.hiddenWeights.size());
  checkFinite(m_table.bilinear, m_table.bilinearWeights.size());
  checkFinite(m_table.linear, 1);
}

void PairPacking::orderUnits() {
  // w max(x, 0) = sign(w) max(|w| x, 0), and s x y = sign(s) (sqrt|s| x) (sqrt|s| y).
  const auto append = [](std::vector<Unit>& units, const std::vector<float>& weights, float sign,
                         auto scale) {
    const std::size_t before = units.size();
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (weights[i] * sign > 0) {
        units.push_back({static_cast<std::int64_t>(i), scale(std::abs(weights[i]))});
      }
    }
    return static_cast<std::int64_t>(units.size() - before);
  };
  const auto same = [](float weight) { return weight; };
  const auto root = [](float weight) { return std::sqrt(weight); };
  const auto evenly = [this](std::int64_t count) {
    if (count % 2 == 1) {
      m_hidden.push_back({});
    }
    return count + count % 2;
  };
  m_units.added = evenly(append(m_hidden, m_table.hiddenWeights, 1, same));
  m_units.taken = evenly(append(m_hidden, m_table.hiddenWeights, -1, same));
  m_units.addedProducts = append(m_products, m_table.bilinearWeights, 1, root);
  m_units.takenProducts = append(m_products, m_table.bilinearWeights, -1, root);
}

std::size_t PairPacking::rowStride() const {
  return m_hidden.size() + m_products.size() + 1;
}

void PairPacking::packRow(std::uint32_t protein, float* row) const {
  const float* hidden = m_table.hidden.data() + protein * m_table.hiddenWeights.size();
  const float* products = m_table.bilinear.data() + protein * m_table.bilinearWeights.size();
  for (const Unit& unit : m_hidden) {
    const float value = unit.index < 0 ? 0 : unit.scale * hidden[unit.index];
    *row++ = m_units.isNarrow ? roundedToBfloat16(value) : value;
  }
  for (const Unit& unit : m_products) {
    *row++ = unit.scale * products[unit.index];
  }
  *row = m_table.linear[protein];
}

std::size_t PairPacking::hiddenBytes() const {
  return m_hidden.size() * kStripRow / (m_units.isNarrow ? 2 : 1);
}

void PairPacking::packStrip(std::span<const std::uint32_t> proteins, std::byte* strip) const {
  const std::size_t stride = rowStride();
  std::vector<float> rows(kColumns * stride);  // columns that are not there stay 0
  for (std::size_t c = 0; c < proteins.size(); ++c) {
    packRow(proteins[c], rows.data() + c * stride);
  }
  const std::size_t hidden = m_hidden.size();
  for (std::size_t c = 0; c < kColumns; ++c) {
    const float* row = rows.data() + c * stride;
    if (m_units.isNarrow) {
      for (std::size_t pair = 0; pair < hidden / 2; ++pair) {
        const std::uint32_t both =
            bfloat16Bits(row[2 * pair]) >> 16U | bfloat16Bits(row[2 * pair + 1]);
        std::memcpy(strip + pair * kStripRow + c * sizeof(both), &both, sizeof(both));
      }
    } else {
      for (std::size_t unit = 0; unit < hidden; ++unit) {
        std::memcpy(strip + unit * kStripRow + c * sizeof(float), row + unit, sizeof(float));
      }
    }
    std::byte* rest = strip + hiddenBytes() + c * sizeof(float);
    for (std::size_t i = hidden; i < stride; ++i, rest += kStripRow) {
      std::memcpy(rest, row + i, sizeof(float));
    }
  }
}

PackedColumns PairPacking::packColumns(std::span<const std::uint32_t> proteins) const {
  const std::size_t strips = (proteins.size() + kColumns - 1) / kColumns;
  PackedColumns columns(strips, hiddenBytes() + (m_products.size() + 1) * kStripRow);
  for (std::size_t strip = 0; strip < strips; ++strip) {
    const auto rest = proteins.subspan(strip * kColumns);
    packStrip(rest.first(std::min(kColumns, rest.size())), columns.strip(strip));
  }
  return columns;
}

void PairPacking::show(const std::byte* strip, PairTile& tile) const {
  tile.hidden = strip;
  tile.products = reinterpret_cast<const float*>(strip + hiddenBytes());
  tile.linear = tile.products + m_products.size() * kColumns;
}

}  // namespace twofold::models
