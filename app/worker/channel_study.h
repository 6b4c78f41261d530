// A channel study: the same split under every subset of some channels, several seeds each, with
// controls beside them, as one table. Runs that are done already are taken as they are.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "app/worker/command_context.h"
#include "core/formats/bounded_json.h"
#include "core/runs/run_spec.h"
#include "core/store/project.h"

namespace twofold::app {

/// One row: a recipe under several seeds.
struct StudyArm {
  std::string name;  // "sequence + neighbours", "control: labels permuted"
  bool isControl = false;
  runs::RunSpec spec;  // its seed is the first
  int seeds = 1;
};

/// Every subset of `channels`, the smallest first, in `seeds` seeds from the spec's own; then, with
/// `controls`, composition alone and degree alone, and the whole set with permuted labels and with
/// shuffled sequences, in one seed each.
[[nodiscard]] std::vector<StudyArm> planStudy(const runs::RunSpec& spec,
                                              const std::vector<std::string>& channels, int seeds,
                                              bool controls);

/// A run of an arm.
struct StudyRun {
  std::string id;
  std::uint64_t seed = 1;
};

/// "s" and seven digits that follow from the recipe: the study is the same when it goes on.
[[nodiscard]] std::string studyId(const std::vector<StudyArm>& arms);

/// The finished runs of each arm, whose specs are as they are recorded, trained where they are
/// missing; in the order of the arms. A run without a parent gets the study as its parent, and its
/// arm as a tag. Throws StopRequested after a checkpoint, Error.
[[nodiscard]] std::vector<std::vector<StudyRun>> runStudy(Job& job, store::Project& project,
                                                          const std::vector<StudyArm>& arms);

inline constexpr double kNoP = std::numeric_limits<double>::quiet_NaN();

/// What the validation part says of an arm; means over its seeds.
struct StudyRow {
  StudyArm arm;
  std::vector<StudyRun> runs;
  double accuracy = 0;
  double auprc = 0;
  double auroc = 0;
  double ece = 0;
  /// Beside the first arm on the same pairs and, as far as both have it, the same seed: the mean
  /// difference over the seeds with its 95 % interval and p (paired bootstrap over proteins).
  struct Gain {
    double value = 0;
    double low = 0;  // NaN where there are too few pairs for an interval
    double high = 0;
    double p = kNoP;     // NaN also where both are the same runs
    double holm = kNoP;  // p after Holm's correction over the rows of the table
  };
  Gain auprcGain;
  Gain accuracyGain;
};

/// Resamples are many enough that a difference can be shown among so many rows, up to 100. Throws
/// StopRequested.
[[nodiscard]] std::vector<StudyRow> tabulateStudy(Job& job, store::Project& project,
                                                  const std::vector<StudyArm>& arms,
                                                  const std::vector<std::vector<StudyRun>>& runs);

/// What the numbers of the table are and are not, in words.
[[nodiscard]] std::string studyNote();
[[nodiscard]] formats::Json toJson(const std::vector<StudyRow>& rows);
/// `what` heads the rows' names.
[[nodiscard]] std::string studyText(const std::vector<StudyRow>& rows,
                                    const std::string& what = "channels");

}  // namespace twofold::app
