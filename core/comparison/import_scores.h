// Another program's scores become a run of the project: read-only, measured like any other.
#pragma once

#include <string>

#include "core/imports/score_matching.h"
#include "core/metrics/part_metrics.h"
#include "core/store/run_repository.h"

namespace twofold::comparison {

struct ScoreRun {
  imports::ScoreImport scores;
  std::string name;          // of the model that made them
  std::string experiment{};  // empty: "imported PAIRS" or "imported PAIRS/SPLIT"
  metrics::BootstrapOptions bootstrap;
};

struct ImportedRun {
  store::RunRecord record;  // done; its spec says what was imported
  imports::ImportReport report;
};

/// The threshold is the one with the best MCC on validation where the file has scores of both
/// classes there, else 0.5 for probabilities and none for ranks; the report's notes say which.
/// Throws Error as imports::matchScores does, and Usage for an empty name; nothing is written then.
[[nodiscard]] ImportedRun importScores(store::Project& project, const ScoreRun& request,
                                       const imports::Watch& watch);

}  // namespace twofold::comparison
