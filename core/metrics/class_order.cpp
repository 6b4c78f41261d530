#include "core/metrics/class_order.h"

#include <array>
#include <bit>
#include <cmath>
#include <utility>

namespace twofold::metrics {

namespace {

constexpr std::uint32_t kSign = 0x80000000U;

/// Ascends where the score descends.
std::uint32_t keyOf(float score) noexcept {
  const auto bits = std::bit_cast<std::uint32_t>(score + 0.0F);  // -0 + 0 is 0
  return (bits & kSign) != 0 ? bits : ~(bits | kSign);
}

constexpr int kDigitBits = 11;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
constexpr int kPasses = 3;

std::size_t digit(std::uint32_t key, int pass) noexcept {
  return (key >> (pass * kDigitBits)) & (kDigits - 1);
}

/// How many keys have each digit, at each of its places.
using DigitCounts = std::array<std::array<std::size_t, kDigits>, kPasses>;

/// Three passes of a stable counting sort; below a few thousand keys the standard one is faster.
void sortKeys(std::vector<std::uint32_t>& keys, DigitCounts& counts) {
  constexpr std::size_t kFew = 4096;
  if (keys.size() < kFew) {
    std::sort(keys.begin(), keys.end());
    return;
  }
  std::vector<std::uint32_t> other(keys.size());
  for (int pass = 0; pass < kPasses; ++pass) {
    auto& place = counts[static_cast<std::size_t>(pass)];
    std::size_t next = 0;
    for (std::size_t& count : place) {
      next += std::exchange(count, next);
    }
    for (const std::uint32_t key : keys) {
      other[place[digit(key, pass)]++] = key;
    }
    keys.swap(other);
  }
}

/// The sorted keys of one class; the counts are made while the scores are read anyway.
std::vector<std::uint32_t> sortedKeys(std::span<const float> scores,
                                      std::span<const std::int8_t> labels, bool positive) {
  std::vector<std::uint32_t> keys(scores.size());
  DigitCounts counts{};
  std::size_t size = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if ((labels[i] != 0) != positive) {
      continue;
    }
    const std::uint32_t key = keyOf(scores[i]);
    keys[size++] = key;
    for (int pass = 0; pass < kPasses; ++pass) {
      ++counts[static_cast<std::size_t>(pass)][digit(key, pass)];
    }
  }
  keys.resize(size);
  sortKeys(keys, counts);
  return keys;
}

}  // namespace

ClassOrder::ClassOrder(std::span<const float> scores, std::span<const std::int8_t> labels)
    : m_positives(sortedKeys(scores, labels, true)),
      m_negatives(sortedKeys(scores, labels, false)) {}

float ClassOrder::scoreOf(std::uint32_t key) noexcept {
  return std::bit_cast<float>((key & kSign) != 0 ? key : ~key & ~kSign);
}

bool anyNaN(std::span<const float> scores) noexcept {
  return std::any_of(scores.begin(), scores.end(), [](float s) { return std::isnan(s); });
}

}  // namespace twofold::metrics
