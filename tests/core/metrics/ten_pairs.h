// Ten scored pairs whose metrics were computed apart, in plain Python by scikit-learn's formulas.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace twofold::tests {

inline constexpr std::array<float, 10> kTenScores = {0.9F, 0.8F, 0.8F, 0.6F, 0.5F,
                                                     0.4F, 0.4F, 0.2F, 0.1F, 1.0F};
inline constexpr std::array<std::int8_t, 10> kTenLabels = {1, 1, 0, 1, 0, 1, 0, 0, 0, 0};

inline constexpr double kTenAuroc = 2.0 / 3;
inline constexpr double kTenAuprc = 0.525;
inline constexpr double kTenBrier = 0.267;
inline constexpr double kTenLoss = 2.0839920359222996;
inline constexpr double kTenEce = 0.31;

/// The scores are single precision, the expected numbers double.
inline bool near(double a, double b) {
  return std::abs(a - b) < 1e-6;
}

}  // namespace twofold::tests
