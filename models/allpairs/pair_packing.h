// A factorised table in the order that the kernels read: units sorted by the sign of their weight,
// whose size goes into the proteins' numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <vector>

#include "models/allpairs/factorised_table.h"
#include "models/allpairs/pair_kernel.h"
#include "models/learning/training_options.h"

namespace twofold::models {

/// Columns of the matrix of pairs, in strips of 64.
class PackedColumns {
 public:
  /// `bytes` for each of `strips`.
  PackedColumns(std::size_t strips, std::size_t bytes);
  [[nodiscard]] std::byte* strip(std::size_t index) { return m_bytes.get() + index * m_stride; }
  [[nodiscard]] const std::byte* strip(std::size_t index) const {
    return m_bytes.get() + index * m_stride;
  }

 private:
  static constexpr std::align_val_t kAlignment{64};
  struct Free {
    void operator()(std::byte* bytes) const { ::operator delete[](bytes, kAlignment); }
  };

  std::size_t m_stride;
  std::unique_ptr<std::byte[], Free> m_bytes;
};

class PairPacking {
 public:
  /// `table` must outlive this. Throws Error(BadInput) for sizes that do not agree and for a number
  /// that is not finite, naming the protein.
  PairPacking(const FactorisedTable& table, Precision precision);

  [[nodiscard]] const FactorisedTable& table() const { return m_table; }
  [[nodiscard]] const PairUnits& units() const { return m_units; }
  [[nodiscard]] std::size_t rowStride() const;
  /// Writes rowStride() numbers of one protein.
  void packRow(std::uint32_t protein, float* row) const;
  [[nodiscard]] PackedColumns packColumns(std::span<const std::uint32_t> proteins) const;
  /// Where the kernel finds the columns of a strip.
  void show(const std::byte* strip, PairTile& tile) const;

 private:
  struct Unit {
    std::int64_t index = -1;  // in the table; -1: fills up, always 0
    float scale = 0;
  };

  void checkTable() const;
  void orderUnits();
  [[nodiscard]] std::size_t hiddenBytes() const;
  void packStrip(std::span<const std::uint32_t> proteins, std::byte* strip) const;

  const FactorisedTable& m_table;
  PairUnits m_units;
  std::vector<Unit> m_hidden;
  std::vector<Unit> m_products;
};

}  // namespace twofold::models
