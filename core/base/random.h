// Random numbers that are the same on every machine for the same seed; passed in, never global.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <utility>

namespace twofold {

/// SplitMix64 (Steele, Lea, Flood 2014). The standard library's distributions differ between
/// implementations, so the few that are needed are here.
class Random {
 public:
  explicit Random(std::uint64_t seed) : m_state(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

  /// Uniform in [0, 1).
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  /// Two independent numbers of the standard normal distribution (Box and Muller 1958).
  std::pair<double, double> normals() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    const double angle = 2 * std::numbers::pi * uniform();
    return {radius * std::cos(angle), radius * std::sin(angle)};
  }

  /// Uniform in [0, bound); bound > 0. Rejection keeps it unbiased.
  std::uint64_t below(std::uint64_t bound) {
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    std::uint64_t value = next();
    while (value >= limit) {
      value = next();
    }
    return value % bound;
  }

  /// Fisher-Yates.
  template <class T>
  void shuffle(std::span<T> values) {
    for (std::size_t i = values.size(); i > 1; --i) {
      std::swap(values[i - 1], values[below(i)]);
    }
  }

 private:
  std::uint64_t m_state;
};

/// A seed for one purpose and step, so that streams never depend on how many numbers others drew.
[[nodiscard]] inline std::uint64_t derivedSeed(std::uint64_t seed, std::uint64_t purpose,
                                               std::uint64_t step = 0) {
  Random mix(seed ^ (purpose * 0xD1B54A32D192ED03ULL) ^ (step * 0x8CB92BA72F3D8DD7ULL));
  return mix.next();
}

}  // namespace twofold
