// Sequences laid end to end in one matrix, without padding: linear layers see only real tokens.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "models/layers/rotary.h"

namespace twofold::models {

class PackedBatch {
 public:
  /// Consecutive sequences that attention can treat as one [count, longest] batch. Where their
  /// lengths differ, `gather` [count x longest] names a row of the packed matrix for each place
  /// (any row for padding), `mask` [count, 1, 1, longest] is false at padding, and `scatter` [rows]
  /// leads back; all three are undefined where lengths are equal.
  struct Group {
    std::int64_t firstRow = 0;
    std::int64_t rows = 0;
    std::int64_t count = 0;
    std::int64_t longest = 0;
    at::Tensor gather, mask, scatter;
  };

  /// `lengths` in tokens, each at least 1, near lengths beside each other for small groups.
  /// `frequencies` as of rotaryFrequencies, on the device to compute on.
  PackedBatch(std::vector<std::int64_t> lengths, const at::Tensor& frequencies);
  /// For networks without rotary positions.
  PackedBatch(std::vector<std::int64_t> lengths, c10::Device device);

  [[nodiscard]] const std::vector<std::int64_t>& lengths() const { return m_lengths; }
  [[nodiscard]] std::int64_t rows() const { return m_rows; }
  /// Of each row within its sequence, from 0: [rows] int64 on the batch's device.
  [[nodiscard]] const at::Tensor& positions() const { return m_positions; }
  [[nodiscard]] bool hasRotary() const { return m_rotary.cosines.defined(); }
  /// One row of the table for each row of the batch.
  [[nodiscard]] const RotaryTable& rotary() const { return m_rotary; }
  /// At most an eighth of a group is padding.
  [[nodiscard]] std::vector<Group> groups() const;

 private:
  [[nodiscard]] Group group(std::size_t first, std::size_t count, std::int64_t firstRow) const;

  std::vector<std::int64_t> m_lengths;
  std::int64_t m_rows = 0;
  at::Tensor m_positions;
  RotaryTable m_rotary;
};

}  // namespace twofold::models
