// Negative pairs drawn so that a protein is as often negative as positive.
#pragma once

#include <span>

#include "core/base/random.h"
#include "core/data/pair_set.h"

namespace twofold::data {

/// As many negatives as `positives`, each protein in about as many as it has positives
/// (degree-matched), never a known positive, one of `excluded`, a self pair or a repeat. Fewer
/// come back when the degrees leave no choice.
[[nodiscard]] Pairs degreeMatchedNegatives(std::span<const Pair> positives, Random& random,
                                           std::span<const Pair> excluded = {});

}  // namespace twofold::data
