// "Make a split without this": the same pairs, those that a finding objects to in no part.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/audit/finding.h"
#include "core/data/split.h"

namespace twofold::audit {

struct FixedSplit {
  data::Split split;
  std::vector<std::pair<Kind, std::int64_t>> leftOut;  // a pair may count for several kinds
  std::int64_t pairs = 0;                              // left out in all
};

/// The kinds that leaving pairs out cures.
[[nodiscard]] bool canBeLeftOut(Kind kind) noexcept;

/// `from` without the pairs of `kinds` (empty: of all findings). Shared pairs, shared proteins and
/// relatives leave training alone, so that the figures stay those of the same evaluated pairs;
/// repeated, contradictory and self pairs leave whatever part they are in. The rule names
/// `fromName` with its hash and what was left out for what. Throws Error: Usage when a kind cannot
/// be left out, or nothing has to be; BadInput when a part that had pairs would be left without.
[[nodiscard]] FixedSplit splitWithout(const data::Split& from, const std::string& fromName,
                                      std::span<const Finding> findings,
                                      std::span<const Kind> kinds);

}  // namespace twofold::audit
