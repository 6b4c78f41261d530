// Negatives for the parts of a cut whose pairs are positives.
#pragma once

#include "core/imports/split_design.h"

namespace twofold::imports {

/// Throws Error(Usage) when there are none.
[[nodiscard]] data::Pairs positivesOf(const data::Pairs& pairs);

/// Adds negatives to `pairs`, and their parts and notes to `cut`. None is a positive of any pair
/// set of the project, in another part already, a self pair or a repeat.
void addNegatives(store::Project& project, const SplitDesign& design, data::Pairs& pairs,
                  data::Cut& cut, const Watch& watch);

}  // namespace twofold::imports
