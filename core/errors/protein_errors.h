// On which proteins a run fails, and which of them fail more than their few pairs explain.
#pragma once

#include <cstdint>
#include <vector>

#include "core/errors/part_scores.h"
#include "core/metrics/confusion.h"
#include "core/metrics/interval.h"

namespace twofold::errors {

struct ProteinErrors {
  std::uint32_t protein = 0;  // in PartScores::proteins
  metrics::Confusion counts;  // of its pairs; a self pair counts once
  std::int64_t pairs = 0;
  std::int64_t wrong = 0;
  metrics::Interval rate;  // 95 %, Wilson, of the share of its pairs that is wrong
  double expected = 0;     // wrong pairs, were it wrong as often as the part
  double mcc = 0;          // over its own pairs; NaN unless it has some of both labels
  bool isAbove = false;    // the whole interval lies above the part's error rate

  [[nodiscard]] double errorRate() const {
    return static_cast<double>(wrong) / static_cast<double>(pairs);
  }
};

struct ProteinErrorList {
  /// By the lower end of the interval, highest first: one wrong pair of one says little, and
  /// stands below thirty of forty. Ties by wrong pairs, then by key.
  std::vector<ProteinErrors> proteins;
  double errorRate = 0;  // of the part; NaN without pairs
  std::int64_t above = 0;
  /// How many would be `isAbove` if wrong pairs fell on proteins by accident alone.
  double aboveByChance = 0;
};

/// Throws Error(Usage) for a threshold that is NaN.
[[nodiscard]] ProteinErrorList proteinErrors(const PartScores& part, double threshold);

}  // namespace twofold::errors
