// Works on one run of the store from claim to result: the body of `train` and `run`.
#pragma once

#include <cstdint>
#include <string>

#include "app/worker/command_context.h"
#include "app/worker/rank_team.h"
#include "core/runs/run_spec.h"
#include "core/store/project.h"
#include "models/learning/session.h"

namespace twofold::app {

/// A queued run for a spec that was checked against the catalog, its pair set and its split.
/// Throws Error(Usage) or NotFound before anything is stored.
[[nodiscard]] std::string createRun(store::Project& project, const runs::RunSpec& spec);

/// The same of a run that repeats the run `id`, in its experiment whatever else is there.
[[nodiscard]] std::string createAgain(store::Project& project, const runs::RunSpec& spec,
                                      const std::string& id);

/// Claims, trains or resumes, and records: every event to runs/<id>/events.jsonl, metrics, status
/// and results to the store, checkpoints to runs/<id>/checkpoints. Throws StopRequested after a
/// checkpoint (the run is then "stopped") and Error (then "failed"). With a team, its rank 0 does
/// so and leads the others.
[[nodiscard]] models::TrainResult trainRun(Job& job, store::Project& project,
                                           const std::string& runId, RankTeam* team = nullptr);

/// Where a run pauses, and the words the store keeps of it.
struct Pause {
  std::int64_t epochs = 0;
  std::string reason;
};

/// The same up to the end of that epoch, where the run is "stopped" and can be gone on with; "done"
/// where it ended before.
void trainRunUntil(Job& job, store::Project& project, const std::string& runId, const Pause& pause);

/// The same, with the result line, named for `command`, at its end.
void executeRun(Job& job, store::Project& project, const std::string& runId,
                const std::string& command, RankTeam& team);

/// Takes part in the run that rank 0 leads: reads the store, writes nothing, says nothing. Throws
/// StopRequested, Error that names the rank.
void followRun(const Job& job, RankTeam& team);

}  // namespace twofold::app
