// One run with all that belongs to it, as a folder that needs neither the project nor this program,
// and from which the run can be brought into another project.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/formats/bounded_json.h"
#include "core/runs/copied_run.h"
#include "core/store/project.h"

namespace twofold::runs {

/// Everything the store knows of a run but its numbers over time: spec, status, times, values,
/// tags, note, history, artifacts.
[[nodiscard]] formats::Json runToJson(store::Project& project, const std::string& runId);

struct ExportedRun {
  std::int64_t files = 0;
  std::int64_t bytes = 0;
  std::string whyNotRepeatable{};  // empty: pairs, proteins and project/ are there
};

/// README.md, run.json, spec.json, metrics.json, series.csv, predictions_PART.csv, pairs.csv,
/// proteins.fasta, and of the run's folder events.jsonl, log.txt and checkpoints/; and project/, a
/// project of this run alone with all that training it again reads but the backbone's weights.
/// Pairs, proteins and project/ are left out, and README.md says why, when the project no longer
/// has what the run was made with. `folder` must be new or empty; it appears when all is written.
/// Throws Error(Usage) for a folder that holds something, Error(NotFound), Error(Io).
ExportedRun exportRun(store::Project& project, const std::string& runId,
                      const std::filesystem::path& folder);

/// Brings the run of such a folder into a project. `request.run` is not looked at. Throws as
/// copyRun(), and Error(NotFound, BadInput) for a folder that is none.
CopiedRun importRun(const std::filesystem::path& folder, store::Project& to,
                    const CopyRequest& request, const ProgressSink& progress = {},
                    const std::stop_token& stop = {});

}  // namespace twofold::runs
