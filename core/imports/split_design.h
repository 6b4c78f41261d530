// From a pair set and a rule to frozen splits; with negatives of its own also to a new pair set.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/option_spec.h"
#include "core/data/split_summary.h"
#include "core/data/splitters.h"
#include "core/imports/importers.h"

namespace twofold::imports {

/// Where the negatives of the parts come from. Everything but "given" makes a new pair set: the
/// positives, and negatives drawn in each part among the proteins of its own positives, by which
/// the rule's promise holds for them too.
struct NegativeChoice {
  std::string kind = "given";  // "given", "uniform", "degree"
  std::int64_t perPositive = 1;
  bool otherCompartments = false;  // partners that were never seen in one compartment
};

/// "negatives", "per_positive" and "other_compartments", for forms and command lines.
[[nodiscard]] std::vector<OptionSpec> negativeOptions();
/// Throws Error(Usage) for a value that is none.
[[nodiscard]] NegativeChoice negativeChoice(const OptionValues& values);

struct SplitDesign {
  std::string pairSet;
  std::string name;  // of the split, and of the new pair set
  std::string rule = "random";
  std::array<double, 3> ratio = {8, 1, 1};
  std::uint64_t seed = 1;
  OptionValues options;  // of the rule
  NegativeChoice negatives;
};

struct PlannedSplit {
  std::string name;
  data::Cut cut;
  data::SplitSummary summary;
};

struct SplitPlan {
  std::string pairSet;               // that the splits are of: the given one, or the new one
  std::string source;                // of the new one, in words
  std::optional<data::Pairs> drawn;  // the new one
  std::vector<PlannedSplit> splits;  // one, or the folds
  std::array<double, 3> ratio{};     // that was asked for
};

/// Cuts without storing anything. Throws Error: Usage for a rule, option or ratio that cannot be,
/// or for negatives that cannot be drawn; NotFound for the pair set; and StopRequested.
[[nodiscard]] SplitPlan planSplit(store::Project& project, const SplitDesign& design,
                                  const Watch& watch);

/// Freezes what was planned, all of it or nothing. Throws Error(Usage) when a name is taken, or
/// when a part that was asked for is empty, with the numbers.
[[nodiscard]] std::vector<data::SplitInfo> storeSplit(store::Project& project,
                                                      const SplitPlan& plan);

}  // namespace twofold::imports
