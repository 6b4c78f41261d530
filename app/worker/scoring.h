// A trained run of the project, ready to score pairs.
#pragma once

#include <string>
#include <vector>

#include "app/worker/command_context.h"
#include "core/store/project.h"
#include "core/store/run_repository.h"
#include "models/learning/session.h"

namespace twofold::app {

struct TrainedRun {
  store::RunRecord record;
  models::Scorer scorer;
};

/// Throws Error(Usage) for a run of imported scores.
void requireModel(const store::RunRecord& record);

/// Throws as requireModel() does, or Error(NotFound) naming the nearest run, or saying that it has
/// no checkpoint yet.
[[nodiscard]] TrainedRun loadRun(Job& job, store::Project& project, const std::string& runId);

/// `given`, or every channel of the model when empty.
[[nodiscard]] std::vector<std::string> channelsOrAll(const models::Scorer& scorer,
                                                     const std::vector<std::string>& given);

}  // namespace twofold::app
