// What a run's channels read of its proteins beside sequences, as hashes: the same in every project
// that knows the same of them.
#pragma once

#include <stop_token>

#include "core/runs/run_spec.h"
#include "core/store/project.h"
#include "core/store/run_tracking.h"

namespace twofold::runs {

/// "hashes.annotations" (SHA-256 over the annotations, texts and counts of the pair set's proteins,
/// and the terms' graph) and "hashes.structures" (over the chain that stands for each, by the bytes
/// of its file), each where a channel of the spec reads them. Throws Error(NotFound) for a pair set
/// that is not there, Error(Io), StopRequested.
[[nodiscard]] store::RunValueMap evidenceHashes(store::Project& project, const RunSpec& spec,
                                                const std::stop_token& stop = {});

}  // namespace twofold::runs
