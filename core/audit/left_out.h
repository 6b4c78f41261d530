// What an import left out of a pair set, told beside what is still there.
#pragma once

#include <span>
#include <vector>

#include "core/audit/finding.h"
#include "core/data/left_out.h"

namespace twofold::audit {

/// Each row joins the finding of its kind: a sentence, the number "left_out", and the row with its
/// place. Counts and what a split without it leaves out stay those of the pairs that are there;
/// pairs that the files had in training and in validation or test make the light amber at least.
void addLeftOut(std::vector<Finding>& findings, std::span<const data::LeftOutRow> rows);

}  // namespace twofold::audit
