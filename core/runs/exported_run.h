// One run with all that belongs to it, as a folder that needs neither the project nor this program.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/formats/bounded_json.h"
#include "core/store/project.h"

namespace twofold::runs {

/// Everything the store knows of a run but its numbers over time: spec, status, times, values,
/// tags, note, history, artifacts.
[[nodiscard]] formats::Json runToJson(store::Project& project, const std::string& runId);

struct ExportedRun {
  std::int64_t files = 0;
  std::int64_t bytes = 0;
};

/// README.md, run.json, spec.json, metrics.json, series.csv, predictions_PART.csv, and of the run's
/// folder events.jsonl, log.txt and checkpoints/. `folder` must be new or empty; it appears when
/// all is written. Throws Error(Usage) for a folder that holds something, Error(NotFound),
/// Error(Io).
ExportedRun exportRun(store::Project& project, const std::string& runId,
                      const std::filesystem::path& folder);

}  // namespace twofold::runs
