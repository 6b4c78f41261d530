// What a comparison says, in a sentence a metric.
#pragma once

#include <string>

#include "core/comparison/run_comparison.h"

namespace twofold::comparison {

/// A corrected p below this is told as a difference.
inline constexpr double kSignificant = 0.05;

/// "r4k2m is better than r7xyz by 0.031 AUPRC (0.022 to 0.040, p 0.002 after Holm's correction)" or
/// that no difference is shown, or that it cannot be measured. A difference is shown when its
/// interval leaves out 0 and the corrected p is below .05.
[[nodiscard]] std::string differenceWords(const SharedScores& shared,
                                          const RunDifference& difference,
                                          const std::string& metric);

/// Whether differenceWords() says that one run is better.
[[nodiscard]] bool isShown(const RunDifference& difference, const std::string& metric);

/// "0.012", "< 0.001", "–" for NaN.
[[nodiscard]] std::string pText(double p);

}  // namespace twofold::comparison
