// Runs of an MLflow server's SQLite file become runs of the project: to be read, compared and
// filtered, never run.
#pragma once

#include <filesystem>
#include <string>

#include "core/imports/importers.h"
#include "core/store/project.h"

namespace twofold::mlflow {

struct RunImport {
  std::filesystem::path file;
  std::string experiment;  // empty: all
};

/// An experiment "E" becomes "E (MLflow)", so that its runs never stand among runs on a split. The
/// last value of each metric is the run's, of the part that its name says (metric_names.h), points
/// over several steps are a series too. A run that did not finish there is failed here, and its
/// message says what it was. The report counts runs; it skips deleted ones, those of deleted
/// experiments, ones that are here already, and those that this project sent there itself. Throws
/// Error as TrackingFile does, and NotFound for an experiment that is not there.
[[nodiscard]] imports::ImportReport importRuns(store::Project& project, const RunImport& request,
                                               const imports::Watch& watch);

}  // namespace twofold::mlflow
