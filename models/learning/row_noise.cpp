#include "models/learning/row_noise.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <utility>

#include "core/base/random.h"
#include "models/layers/row_noise_kernel.h"

namespace twofold::models {

namespace {

/// What of 2^32 falls below `share`.
std::uint32_t thresholdOf(double share) {
  return static_cast<std::uint32_t>(std::min(share * 0x1.0p32, 0x1.0p32 - 1));
}

at::Tensor integers(const std::vector<std::uint32_t>& values, std::int64_t count) {
  at::Tensor tensor = at::empty({count}, at::kLong);
  std::copy_n(values.begin(), count, tensor.mutable_data_ptr<std::int64_t>());
  return tensor;
}

/// mixed() of row_noise_kernel.h with torch's operations, for devices.
at::Tensor mixedOnDevice(const at::Tensor& keys) {
  constexpr std::int64_t kLow = 0xFFFFFFFF;
  at::Tensor x = keys ^ keys.bitwise_right_shift(16);
  x = (x * kMixFirst) & kLow;
  x = x ^ x.bitwise_right_shift(15);
  x = (x * kMixSecond) & kLow;
  return x ^ x.bitwise_right_shift(16);
}

}  // namespace

void RowNoise::begin(std::uint64_t seed, std::int64_t firstRow) {
  m_seed = seed;
  m_firstRow = firstRow;
  m_calls = 0;
}

std::vector<std::uint32_t> RowNoise::rowKeys(std::int64_t rows) {
  ++m_calls;
  std::vector<std::uint32_t> keys(static_cast<std::size_t>(rows));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto row = static_cast<std::uint64_t>(m_firstRow) + i;
    keys[i] = static_cast<std::uint32_t>(derivedSeed(m_seed, m_calls, row) >> 32);
  }
  return keys;
}

const std::vector<std::uint32_t>& RowNoise::columnKeys(std::int64_t columns) {
  for (auto i = static_cast<std::uint32_t>(m_columns.size()); i < columns; ++i) {
    m_columns.push_back(mixed(i + 1));
  }
  return m_columns;
}

at::Tensor RowNoise::dropped(const at::Tensor& rows, double share) {
  if (share <= 0) {
    return rows;
  }
  if (!rows.is_cpu()) {
    return droppedOnDevice(rows, share);
  }
  const std::int64_t columns = rows.numel() / std::max<std::int64_t>(rows.size(0), 1);
  const auto keys = rowKeys(rows.size(0));
  const DropoutShape shape{keys,
                           {columnKeys(columns).data(), static_cast<std::size_t>(columns)},
                           thresholdOf(share),
                           static_cast<float>(1 / (1 - share))};
  const bool isPlain = rows.scalar_type() == at::kFloat && rows.is_contiguous() &&
                       !(rows.requires_grad() && c10::GradMode::is_enabled());
  at::Tensor result = at::empty(rows.sizes(), at::kFloat);
  if (isPlain) {
    dropRows(shape, rows.const_data_ptr<float>(), result.mutable_data_ptr<float>());
    return result;
  }
  dropMask(shape, result.mutable_data_ptr<float>());
  return rows * result.to(rows.scalar_type());
}

at::Tensor RowNoise::droppedOnDevice(const at::Tensor& rows, double share) {
  const std::int64_t count = rows.size(0);
  const std::int64_t columns = rows.numel() / std::max<std::int64_t>(count, 1);
  const auto columnBits = integers(columnKeys(columns), columns).to(rows.device());
  const auto rowBits = integers(rowKeys(count), count).to(rows.device()).unsqueeze(1);
  const auto kept =
      mixedOnDevice(columnBits ^ rowBits) >= static_cast<std::int64_t>(thresholdOf(share));
  return rows * (kept.to(rows.scalar_type()) / (1 - share)).view(rows.sizes());
}

at::Tensor RowNoise::uniform(std::int64_t rows, std::int64_t columns) {
  const auto keys = rowKeys(rows);
  const auto& columnBits = columnKeys(columns);
  at::Tensor result = at::empty({rows, columns}, at::kFloat);
  float* out = result.mutable_data_ptr<float>();
  for (const std::uint32_t key : keys) {
    for (std::int64_t c = 0; c < columns; ++c) {
      // 24 bits, which a float holds.
      *out++ = static_cast<float>(mixed(key ^ columnBits[static_cast<std::size_t>(c)]) >> 8) *
               0x1.0p-24F;
    }
  }
  return result;
}

Dropout::Dropout(double share, std::shared_ptr<RowNoise> noise)
    : m_share(share), m_noise(noise ? std::move(noise) : std::make_shared<RowNoise>()) {}

at::Tensor Dropout::operator()(const at::Tensor& rows, bool isTraining) const {
  return isTraining ? m_noise->dropped(rows, m_share) : rows;
}

}  // namespace twofold::models
