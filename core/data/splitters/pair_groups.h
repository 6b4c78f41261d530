// Pairs that must stay together: the same pair, swapped or repeated.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "core/data/pair_set.h"

namespace twofold::data {

using PairGroup = std::vector<std::size_t>;  // positions of the same pair

/// By the label of their first pair; groups and positions in the order of the pair set.
[[nodiscard]] std::map<Label, std::vector<PairGroup>> pairGroups(std::span<const Pair> pairs);

[[nodiscard]] std::size_t pairsIn(std::span<const PairGroup> groups);

}  // namespace twofold::data
