// Near relatives across a split, or within a set that has none.
#pragma once

#include "core/audit/finding.h"
#include "core/audit/relatives.h"
#include "core/audit/subject.h"

namespace twofold::audit {

/// Proteins of validation or test with a relative in training that is another protein; without a
/// split those with a relative in the set, since a cut by pairs would part them. Throws as
/// findRelatives() does.
[[nodiscard]] Finding findNearRelatives(const Subject& subject, const RelativeSearch& search,
                                        const ProgressSink& progress, const std::stop_token& stop);

}  // namespace twofold::audit
