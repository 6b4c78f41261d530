#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "models/layers/linear_int8_kernel.h"

namespace twofold::models {

namespace {

float valueAt(const Int8Rows& work, std::int64_t index) {
  return work.isBfloat16
             ? std::bit_cast<float>(
                   static_cast<std::uint32_t>(static_cast<const std::uint16_t*>(work.rows)[index])
                   << 16U)
             : static_cast<const float*>(work.rows)[index];
}

void put(const Int8Rows& work, std::int64_t index, float value) {
  if (!work.isBfloat16) {
    static_cast<float*>(work.results)[index] = value;
    return;
  }
  const auto bits = std::bit_cast<std::uint32_t>(value);
  static_cast<std::uint16_t*>(work.results)[index] =
      static_cast<std::uint16_t>((bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U);
}

/// Row `row` of the work into row `place` of the memory.
void quantise(const Int8Weights& weights, const Int8Rows& work, std::int64_t row,
              std::int64_t place, const Int8Quantised& memory) {
  const std::int64_t start = row * weights.in;
  float low = 0;
  float high = 0;
  bool hasNan = false;
  for (std::int64_t i = 0; i < weights.in; ++i) {
    const float value = valueAt(work, start + i);
    low = std::min(low, value);
    high = std::max(high, value);
    hasNan = hasNan || std::isnan(value);
  }
  const float span = high - low;
  const bool isFinite = !hasNan && std::isfinite(span);
  const bool isZero = !(isFinite && span >= kLeastInt8Span);
  const float inverse = isZero ? 0.0F : kInt8Levels / span;
  const float zero = isZero ? 1.0F : std::floor(-low * inverse) + 1.0F;
  std::uint8_t* values = memory.values + place * memory.stride;
  for (std::int64_t i = 0; i < weights.in; ++i) {
    // In double, so that sum and product are exact and round once, as a fused operation does.
    values[i] = isZero ? std::uint8_t{1}
                       : static_cast<std::uint8_t>(std::nearbyint(
                             static_cast<double>(valueAt(work, start + i)) * inverse + zero));
  }
  std::fill(values + weights.in, values + int8RoundedUp(weights.in, kInt8Group), std::uint8_t{0});
  memory.scales[place] = !isFinite ? std::numeric_limits<float>::quiet_NaN()
                         : isZero  ? 0.0F
                                   : span / kInt8Levels;
  memory.zeros[place] = static_cast<std::int32_t>(zero);
}

float gelu(float x) {
  return 0.5F * x * (1.0F + std::erf(x * 0.70710678F));
}

void multiplyPanel(const Int8Weights& weights, const Int8Rows& work, std::int64_t panel,
                   std::int64_t row, std::int64_t place, const Int8Quantised& memory) {
  const std::int64_t groups = int8RoundedUp(weights.in, kInt8Group) / kInt8Group;
  const std::int64_t width =
      std::min(kInt8Panel, int8RoundedUp(weights.out, kInt8Lanes) - panel * kInt8Panel);
  const std::int8_t* from = weights.panels + panel * kInt8Panel * groups * kInt8Group;
  const std::uint8_t* values = memory.values + place * memory.stride;
  std::int32_t sums[kInt8Panel];
  for (std::int64_t n = 0; n < width; ++n) {
    sums[n] = -memory.zeros[place] * weights.sums[panel * kInt8Panel + n];
  }
  for (std::int64_t group = 0; group < groups; ++group) {
    for (std::int64_t n = 0; n < width; ++n) {
      for (std::int64_t i = 0; i < kInt8Group; ++i) {
        sums[n] += values[group * kInt8Group + i] * from[(group * width + n) * kInt8Group + i];
      }
    }
  }
  for (std::int64_t n = 0; n < width && panel * kInt8Panel + n < weights.out; ++n) {
    const std::int64_t column = panel * kInt8Panel + n;
    const float scale = memory.scales[place] * weights.scales[column];
    const float value = static_cast<float>(sums[n]) * scale + weights.bias[column];
    put(work, row * weights.out + column, work.withGelu ? gelu(value) : value);
  }
}

}  // namespace

void multiplyInt8Portable(const Int8Weights& weights, const Int8Rows& work, std::int64_t first,
                          std::int64_t count, const Int8Quantised& memory) {
  for (std::int64_t place = 0; place < count; ++place) {
    quantise(weights, work, first + place, place, memory);
  }
  const std::int64_t panels = int8RoundedUp(weights.out, kInt8Panel) / kInt8Panel;
  for (std::int64_t panel = 0; panel < panels; ++panel) {
    for (std::int64_t place = 0; place < count; ++place) {
      multiplyPanel(weights, work, panel, first + place, place, memory);
    }
  }
}

}  // namespace twofold::models
