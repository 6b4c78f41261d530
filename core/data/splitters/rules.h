// The rules, a file each; splitters() lists them.
#pragma once

#include "core/data/splitters.h"

namespace twofold::data {

struct SplitRule {
  Descriptor descriptor;
  Splitter splitter;
};

[[nodiscard]] SplitRule randomRule();
/// C1 of Park and Marcotte (Nat Methods 9:1134, 2012): both proteins of a test pair are seen in
/// training; C2: one; C3: none.
[[nodiscard]] SplitRule bothSeenRule();
[[nodiscard]] SplitRule oneSeenRule();
[[nodiscard]] SplitRule noneSeenRule();
/// C3, and no relatives on two sides.
[[nodiscard]] SplitRule clustersRule();
/// The same with as few pairs lost as can be.
[[nodiscard]] SplitRule partitionRule();
[[nodiscard]] SplitRule speciesRule();
[[nodiscard]] SplitRule timeRule();
[[nodiscard]] SplitRule foldsRule();

}  // namespace twofold::data
