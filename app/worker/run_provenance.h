// What a run records beside its numbers: the machine, the hashes of what it was made from, the
// files it made.
#pragma once

#include <string>

#include "core/runs/run_spec.h"
#include "core/store/project.h"
#include "core/store/run_repository.h"

namespace twofold::app {

/// Before the training: its options with the defaults, the machine, the hashes of the pair set and
/// of this program.
void recordOrigin(store::Project& project, const store::RunRecord& run, const runs::RunSpec& spec);

/// After it: the backbone that the checkpoints were made with, and the checkpoints by content.
void recordResults(store::Project& project, const std::string& runId);

/// A file that was written from a run, when the project can be written.
void recordOutput(store::Project& project, const std::string& runId,
                  const std::filesystem::path& file);

}  // namespace twofold::app
