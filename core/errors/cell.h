// Where a called pair stands in the confusion.
#pragma once

#include <cstdint>
#include <string_view>

namespace twofold::errors {

enum class Cell : std::uint8_t { TruePositive, FalsePositive, TrueNegative, FalseNegative };

[[nodiscard]] constexpr Cell cellOf(bool label, bool called) {
  return label ? (called ? Cell::TruePositive : Cell::FalseNegative)
               : (called ? Cell::FalsePositive : Cell::TrueNegative);
}

[[nodiscard]] constexpr bool isWrong(Cell cell) {
  return cell == Cell::FalsePositive || cell == Cell::FalseNegative;
}

/// "TP", "FP", "TN", "FN".
[[nodiscard]] constexpr std::string_view name(Cell cell) {
  constexpr std::string_view kNames[] = {"TP", "FP", "TN", "FN"};
  return kNames[static_cast<std::size_t>(cell)];
}

/// How far the score lies on the wrong side of the threshold; negative for a right call.
[[nodiscard]] constexpr double wrongness(bool label, double score, double threshold) {
  return label ? threshold - score : score - threshold;
}

}  // namespace twofold::errors
