// Score files of other programs, matched to the pairs of a pair set.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/data/split.h"
#include "core/formats/score_table.h"
#include "core/imports/import_report.h"
#include "core/imports/importers.h"
#include "core/store/project.h"

namespace twofold::imports {

/// What the numbers are. Auto: probabilities where all lie in [0, 1], else ranks, which are kept as
/// they are and whose order alone is measured. Logit: brought to probabilities.
enum class ScoreScale { Auto, Probability, Logit, Rank };
/// What becomes of a part of which some pairs have no score, and of a pair with two.
enum class MissingScores { Refuse, LeaveOut };
enum class RepeatedScores { Refuse, Mean, LeaveOut };

struct ScoreImport {
  std::filesystem::path file;
  formats::ScoreTableFormat format;
  /// For files without ids: the pair files whose rows the scores belong to, one after the other.
  std::vector<std::filesystem::path> ids;
  std::string pairSet;
  /// Empty: the set's only split, or none where it has none; "none": all pairs are one part.
  std::string split;
  std::optional<data::Part> part;  // only this one; without a split, what the pairs are (else test)
  ScoreScale scale = ScoreScale::Auto;
  MissingScores missing = MissingScores::Refuse;
  RepeatedScores repeated = RepeatedScores::Refuse;
};

struct MatchedPart {
  data::Part part = data::Part::Test;
  std::vector<std::uint32_t> pairs;  // ascending indices into the pair set, all with a label
  std::vector<float> scores;
};

struct MatchedScores {
  std::string layout;  // see formats/score_table.h
  std::string split;   // empty: none
  std::string splitHash;
  ScoreScale scale = ScoreScale::Probability;  // never Auto
  std::vector<MatchedPart> parts;              // those with scores, none empty
};

/// Nothing is written. Pairs match in either order. `report` counts rows, and kept ones as pairs:
/// it skips by unknown protein, pair not in the set, pair of another part, pair without a label, no
/// number (NaN, infinity, empty) and repeated pair; its notes say what was chosen. Throws Error:
/// BadInput for a broken file, labels that contradict those of the set, and what `missing`,
/// `repeated` and `scale` refuse, with counts and examples; Usage for a split that has to be named;
/// NotFound.
[[nodiscard]] MatchedScores matchScores(store::Project& project, const ScoreImport& request,
                                        const Watch& watch, ImportReport& report);

}  // namespace twofold::imports
