// Flaws of proteins: who stands on both sides of a split, and who stands only with one label.
#pragma once

#include "core/audit/finding.h"
#include "core/audit/subject.h"

namespace twofold::audit {

/// Proteins of validation or test that training pairs have too.
[[nodiscard]] Finding findSharedProteins(const Subject& subject);

/// Proteins that occur with one label only in a part; NegativeOnly or PositiveOnly. Counted as
/// Bernett's set was: one pair is enough.
[[nodiscard]] Finding findOneLabelProteins(const Subject& subject, Kind kind);

}  // namespace twofold::audit
