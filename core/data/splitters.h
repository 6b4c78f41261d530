// Rules that cut a pair set. Each has a descriptor and one line in splitters().
#pragma once

#include <array>
#include <functional>
#include <span>

#include "core/base/registry.h"
#include "core/data/pair_set.h"
#include "core/data/split.h"

namespace twofold::data {

struct SplitRequest {
  std::array<double, 3> ratio = {8, 1, 1};  // train, validation, test; any scale
  std::uint64_t seed = 1;
};

using Splitter = std::function<Split(std::span<const Pair> pairs, const SplitRequest&)>;

/// Every rule, in the order they are offered. "random": stratified by label; swapped and repeated
/// pairs always fall into the same part.
[[nodiscard]] const Registry<Splitter>& splitters();

}  // namespace twofold::data
