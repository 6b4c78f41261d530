// What a split looks like before anything is trained on it: sizes, labels, shared proteins,
// degrees.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/data/pair_set.h"
#include "core/data/split.h"

namespace twofold::data {

/// Proteins that are in `from` to `to` pairs of a part.
struct DegreeBin {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::int64_t proteins = 0;
};

/// In how many pairs of a part its proteins are.
struct DegreeDistribution {
  static constexpr std::array<double, 6> kShares = {0, 0.25, 0.5, 0.75, 0.9, 1};
  std::array<std::int64_t, 6>
      quantiles{};                   // at kShares: the least degree that so many do not exceed
  std::vector<DegreeBin> histogram;  // 1, 2 to 3, 4 to 7 … up to the largest
};

struct PartSummary {
  std::int64_t pairs = 0;
  std::int64_t positives = 0;
  std::int64_t negatives = 0;
  std::int64_t proteins = 0;
  std::int64_t onlyPositive =
      0;  // proteins that are in positives alone: their label can be guessed
  std::int64_t onlyNegative = 0;
  DegreeDistribution degrees;
};

struct SplitSummary {
  std::array<PartSummary, 3> parts;              // train, validation, test
  std::array<std::int64_t, 3> sharedProteins{};  // train-validation, train-test, validation-test
  std::int64_t dropped = 0;                      // pairs of no part
};

[[nodiscard]] SplitSummary summaryOf(std::span<const Pair> pairs, const Split& split);

}  // namespace twofold::data
