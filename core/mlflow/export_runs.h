// Runs of a project to an MLflow server, each once however often it is sent.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/imports/import_report.h"
#include "core/imports/importers.h"
#include "core/mlflow/server.h"
#include "core/store/project.h"

namespace twofold::mlflow {

struct RunExport {
  std::vector<std::string> runs;  // ids
  std::string experiment;         // at the server; empty: as each run's own
};

struct ExportReport {
  std::int64_t created = 0;
  std::int64_t updated = 0;  // found there and given something
  std::int64_t unchanged = 0;
  std::int64_t metrics = 0;  // points sent
  std::int64_t params = 0;
  std::int64_t tags = 0;
  imports::ImportReport left;  // skipped: what is not there as it is here, by reason
};

/// A run is found again by its tag and given what it lacks: points that the server has are not sent
/// twice, params that differ stay as they are there (MLflow never changes one) and are told. A run
/// is marked complete last, so whatever ended an earlier export half way, repeating it ends in one
/// whole copy. Throws Error as Server does, saying how far it got; StopRequested between requests.
[[nodiscard]] ExportReport exportRuns(store::Project& project, Server& server,
                                      const RunExport& request, const imports::Watch& watch);

}  // namespace twofold::mlflow
