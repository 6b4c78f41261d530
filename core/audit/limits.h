// Where a light changes. AUDIT.md gives the reasons.
#pragma once

#include <cstdint>

#include "core/audit/finding.h"

namespace twofold::audit {

/// Of the evaluated pairs (or of the part's): from here on a flaw carries a result, below it only
/// colours it.
inline constexpr double kManyPairs = 0.05;

/// AUROC on validation or test of a score that knows no biology.
inline constexpr double kCheatWarns = 0.55;
inline constexpr double kCheatIsBad = 0.65;

/// An AUROC this many standard errors above .5 is no accident of few pairs.
inline constexpr double kStandardErrors = 3;

/// ok for none, bad from kManyPairs of `all` on, else warn.
[[nodiscard]] constexpr Severity severityOf(std::int64_t flawed, std::int64_t all) {
  if (flawed == 0) {
    return Severity::Ok;
  }
  return static_cast<double>(flawed) >= kManyPairs * static_cast<double>(all) ? Severity::Bad
                                                                              : Severity::Warn;
}

}  // namespace twofold::audit
