// What a run records beside its numbers: the machine, the hashes of what it was made from, the
// files it made.
#pragma once

#include <stop_token>
#include <string>

#include "core/runs/run_spec.h"
#include "core/store/project.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"

namespace twofold::app {

/// Hashes of the pair set and of what the channels read beside it, as the project is now. Throws
/// StopRequested.
[[nodiscard]] store::RunValueMap dataHashes(store::Project& project, const runs::RunSpec& spec,
                                            const std::stop_token& stop);

/// Before the training: its options with the defaults, the machine, the hashes of the pair set, of
/// what channels read beside it and of this program. Throws Error(Usage) for a run that goes on
/// while its data is no longer what it began with; StopRequested.
void recordOrigin(store::Project& project, const store::RunRecord& run, const runs::RunSpec& spec,
                  const std::stop_token& stop);

/// After it: the backbone that the checkpoints were made with, and the checkpoints by content.
void recordResults(store::Project& project, const std::string& runId);

/// A file that was written from a run, when the project can be written.
void recordOutput(store::Project& project, const std::string& runId,
                  const std::filesystem::path& file);

}  // namespace twofold::app
