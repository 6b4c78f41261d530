// Families of proteins by sequence, so that relatives stand on one side of a division.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.h"

namespace twofold::data {

/// Two sequences are of one family when their best alignment has at least this identity over at
/// least this share of the shorter one, and is no likely accident of its length (Rost, Protein Eng
/// 12:85, 1999: 42 % of 50 residues, 29 % of 100); families grow by single linkage, so two members
/// may be less alike than that.
struct FamilyRule {
  double identity = 0.3;
  double coverage = 0.5;
};

/// The least identity that an alignment of so many residues shows of relatives, not of chance
/// (Rost 1999).
[[nodiscard]] double leastIdentity(std::size_t aligned);
/// What relatives have in common.
struct Relation {
  double identity = 0;  // of the aligned stretch, gaps included
  double coverage = 0;  // of the shorter
};

/// Of the best alignment without loose ends, when it fulfils the rule: a tag of the one beside
/// residues of the other does not part relatives. The audit and rules that keep relatives on one
/// side both go by this. Throws StopRequested.
[[nodiscard]] std::optional<Relation> relationOf(std::string_view a, std::string_view b,
                                                 const FamilyRule& rule,
                                                 const std::stop_token& stop = {});
/// Whether two sequences alone fulfil the rule by their best alignment. Throws StopRequested.
[[nodiscard]] bool areRelated(std::string_view a, std::string_view b, const FamilyRule& rule,
                              const std::stop_token& stop = {});
/// The same, or by relationOf().
[[nodiscard]] bool areRelatedAnyWay(std::string_view a, std::string_view b, const FamilyRule& rule,
                                    const std::stop_token& stop = {});

/// One family number a sequence, counted from 0 in the order in which families first come. Equal
/// sequences are of one family. Every two families are compared by alignment: about a second for
/// 100 sequences of 200 residues, and the square of their number. Progress in sequences. Throws
/// StopRequested.
[[nodiscard]] std::vector<std::uint32_t> sequenceFamilies(std::span<const std::string> sequences,
                                                          const FamilyRule& rule = {},
                                                          const ProgressSink& progress = {},
                                                          const std::stop_token& stop = {});

/// Groups of items that must stay together: one number an item, counted from 0 in the order in
/// which groups first come; items that share a key, directly or through others, are of one group.
[[nodiscard]] std::vector<std::uint32_t> joinedGroups(
    std::span<const std::vector<std::uint32_t>> keysOfItems);

}  // namespace twofold::data
