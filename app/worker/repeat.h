// Trains a run that is done once more and tells whether the copy says the same to the last bit.
#pragma once

#include <string>

#include "app/worker/command_context.h"
#include "app/worker/rank_team.h"
#include "core/store/project.h"

namespace twofold::app {

/// The copy belongs to the run (its parent) and computes with as many threads as the run did, since
/// the last bits follow from them; --threads and --device say otherwise. Result: whether all
/// probabilities are the same, how many differ and by how much, and what was recorded that may be
/// the reason. Throws Error(Usage) for a run that is not done; as trainRun().
void repeatRun(Job& job, store::Project& project, const std::string& runId, RankTeam& team);

}  // namespace twofold::app
