// All that a server is to know of one run of the project.
#pragma once

#include <optional>
#include <string>

#include "core/imports/import_report.h"
#include "core/mlflow/batches.h"
#include "core/mlflow/server.h"
#include "core/store/project.h"

namespace twofold::mlflow {

constexpr const char* kRunTag = "twofold.run";  // by which a run is found again
/// Hash of what was sent; set last, so that a run without it is not complete.
constexpr const char* kContentTag = "twofold.content";
constexpr const char* kNoteTag = "mlflow.note.content";
/// Keys of the tags that the user may take off again, a line each.
constexpr const char* kTagsTag = "twofold.tags";

struct RunContent {
  std::string experiment;
  std::string identity;  // value of kRunTag: the run's id and when it was created
  RunState state;
  std::int64_t startTime = 0;  // ms since 1970
  Batch all;                   // sorted by key, metrics by key and step
  std::optional<Dataset> dataset;
  std::string hash;  // SHA-256 of all of the above
};

/// Timestamps follow from the run's start, end and steps, so that the same run gives the same
/// points. `left` counts what is left out, shortened or renamed. Throws Error(NotFound).
[[nodiscard]] RunContent contentOf(store::Project& project, const std::string& runId,
                                   imports::ImportReport& left);

[[nodiscard]] std::string identityOf(const std::string& runId, std::int64_t created);

}  // namespace twofold::mlflow
