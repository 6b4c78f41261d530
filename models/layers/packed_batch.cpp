#include "models/layers/packed_batch.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

namespace twofold::models {

namespace {

constexpr std::int64_t kPaddingPart = 8;  // 1 / 8 of a group

at::Tensor onDevice(const std::vector<std::int64_t>& values, c10::Device device) {
  return at::tensor(values, at::kLong).to(device);
}

}  // namespace

PackedBatch::PackedBatch(std::vector<std::int64_t> lengths, c10::Device device)
    : m_lengths(std::move(lengths)),
      m_rows(std::accumulate(m_lengths.begin(), m_lengths.end(), std::int64_t{0})) {
  std::vector<std::int64_t> positions;
  positions.reserve(static_cast<std::size_t>(m_rows));
  for (const std::int64_t length : m_lengths) {
    for (std::int64_t i = 0; i < length; ++i) {
      positions.push_back(i);
    }
  }
  m_positions = onDevice(positions, device);
}

PackedBatch::PackedBatch(std::vector<std::int64_t> lengths, const at::Tensor& frequencies)
    : PackedBatch(std::move(lengths), frequencies.device()) {
  const std::int64_t longest = *std::max_element(m_lengths.begin(), m_lengths.end());
  const RotaryTable table = rotaryTable(frequencies, longest);
  m_rotary = {table.cosines.index_select(0, m_positions), table.sines.index_select(0, m_positions)};
}

std::vector<PackedBatch::Group> PackedBatch::groups() const {
  std::vector<Group> groups;
  std::int64_t row = 0;
  for (std::size_t first = 0; first < m_lengths.size();) {
    std::int64_t rows = 0;
    std::int64_t longest = 0;
    std::size_t count = 0;
    while (first + count < m_lengths.size()) {
      const std::int64_t length = m_lengths[first + count];
      const std::int64_t places =
          std::max(longest, length) * (static_cast<std::int64_t>(count) + 1);
      if ((places - rows - length) * kPaddingPart > places) {
        break;
      }
      longest = std::max(longest, length);
      rows += length;
      ++count;
    }
    groups.push_back(group(first, count, row));
    row += rows;
    first += count;
  }
  return groups;
}

PackedBatch::Group PackedBatch::group(std::size_t first, std::size_t count,
                                      std::int64_t firstRow) const {
  const auto lengths = std::span(m_lengths).subspan(first, count);
  Group group;
  group.firstRow = firstRow;
  group.rows = std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0});
  group.count = static_cast<std::int64_t>(count);
  group.longest = *std::max_element(lengths.begin(), lengths.end());
  if (group.rows == group.count * group.longest) {
    return group;
  }
  std::vector<std::int64_t> gather;
  std::vector<std::int64_t> scatter;
  std::int64_t row = firstRow;
  for (const std::int64_t length : lengths) {
    for (std::int64_t i = 0; i < group.longest; ++i) {
      if (i < length) {
        scatter.push_back(static_cast<std::int64_t>(gather.size()));
      }
      gather.push_back(i < length ? row + i : firstRow);
    }
    row += length;
  }
  const c10::Device device = m_positions.device();
  const at::Tensor ends = at::tensor(std::vector<std::int64_t>(lengths.begin(), lengths.end()));
  group.gather = onDevice(gather, device);
  group.scatter = onDevice(scatter, device);
  group.mask = (at::arange(group.longest).unsqueeze(0) < ends.unsqueeze(1))
                   .view({group.count, 1, 1, group.longest})
                   .to(device);
  return group;
}

}  // namespace twofold::models
