// A sweep: one recipe with some of its settings varied, as one experiment and one table. Arms that
// fall behind may be set aside before their end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/worker/channel_study.h"

namespace twofold::app {

/// An arm that was not trained to its end.
struct SetAside {
  StudyArm arm;
  std::vector<StudyRun> runs;
  std::int64_t epochs = 0;
  double auprc = 0;       // the best on validation up to there, mean over the seeds
  std::string failure;    // why it could not go on; empty: it fell behind
  std::size_t place = 0;  // among those compared then, from 1; of one that fell behind
  std::size_t of = 0;
  std::size_t kept = 0;  // of them went on

  /// "place 3 of 4, where 2 go on", or the failure.
  [[nodiscard]] std::string reason() const;
};

struct SweepOutcome {
  std::vector<StudyArm> arms;  // trained to their end; the reference is the first
  std::vector<std::vector<StudyRun>> runs;
  std::vector<SetAside> aside;  // in the order they were
};

struct SweepRules {
  int factor = 0;             // >= 2: successive halving
  std::size_t reference = 0;  // the arm that others are held against
};

/// Trains the arms; the reference is never set aside. With a factor by successive halving: after a
/// share of the epochs only one arm in `factor` goes on, by its AUPRC on validation; a run that
/// goes on ends with the numbers it would have had undisturbed. The same call again goes on where
/// it was stopped. An arm that fails is set aside with its reason, the reference ends the sweep.
/// Throws StopRequested after a checkpoint, Error.
[[nodiscard]] SweepOutcome runSweep(Job& job, store::Project& project,
                                    const std::vector<StudyArm>& arms, const SweepRules& rules);

/// What is to be kept in mind of the best of `arms` arms.
[[nodiscard]] std::string sweepNote(std::size_t arms);
[[nodiscard]] formats::Json toJson(const std::vector<SetAside>& aside);
[[nodiscard]] std::string asideText(const std::vector<SetAside>& aside);

}  // namespace twofold::app
