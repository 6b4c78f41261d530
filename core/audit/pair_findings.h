// Flaws of pairs: what a set or a split says more than once, against itself, or of one protein.
#pragma once

#include <span>
#include <vector>

#include "core/audit/finding.h"
#include "core/audit/subject.h"

namespace twofold::audit {

/// The pairs that are looked at, those of the same two proteins in either order side by side, each
/// group ascending; groups of one are left out.
class PairGroups {
 public:
  explicit PairGroups(const Subject& subject);

  [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& groups() const { return m_groups; }

 private:
  std::vector<std::vector<std::uint32_t>> m_groups;
};

/// Evaluated pairs that are in training in the same order, whatever their label.
[[nodiscard]] Finding findSharedPairs(const Subject& subject, const PairGroups& groups);
/// Evaluated pairs that are in training in the other order only.
[[nodiscard]] Finding findSwappedPairs(const Subject& subject, const PairGroups& groups);
/// Pairs that repeat an earlier one of their part, in either order, with the same label.
[[nodiscard]] Finding findDuplicates(const Subject& subject, const PairGroups& groups);
/// Pairs whose two proteins are said to interact and not to interact, in whatever parts.
[[nodiscard]] Finding findContradictions(const Subject& subject, const PairGroups& groups);
/// Pairs of a protein with itself.
[[nodiscard]] Finding findSelfPairs(const Subject& subject);

}  // namespace twofold::audit
