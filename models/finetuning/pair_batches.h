// Pairs in batches whose distinct proteins fit into a number of tokens.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/learning/session.h"

namespace twofold::models {

struct PairBatchPlan {
  std::vector<std::uint32_t> proteins;  // distinct, the longest first
  std::vector<IndexedPair> pairs;       // a and b are places in `proteins`
};

/// In the order of `pairs`; `tokens` one a protein. A batch has one pair at least, at most
/// `mostTokens` otherwise, and at most `mostPairs`.
[[nodiscard]] std::vector<PairBatchPlan> pairBatches(std::span<const IndexedPair> pairs,
                                                     std::span<const std::int64_t> tokens,
                                                     std::int64_t mostTokens,
                                                     std::size_t mostPairs);

}  // namespace twofold::models
