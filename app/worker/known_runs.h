// The runs that are there already, by recipe: a study that is started again takes them up.
#pragma once

#include <map>
#include <string>

#include "app/worker/command_context.h"
#include "core/runs/run_spec.h"
#include "core/store/project.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"

namespace twofold::app {

/// Specs are compared as they are recorded, and so are the hashes of the data that a run saw: one
/// that saw other pairs, annotations or structures than the project has now is another. Of several
/// runs of one recipe the one that is done, else one that can go on.
class KnownRuns {
 public:
  explicit KnownRuns(store::Project& project);

  [[nodiscard]] bool isDone(const runs::RunSpec& spec);
  /// The run to take up for this recipe, made where there is none. Throws Error.
  [[nodiscard]] store::RunRecord takenUp(const runs::RunSpec& spec);
  /// Reads a run again after it was trained.
  void refresh(const std::string& id);

 private:
  void add(store::RunRecord record);
  /// The run of this recipe on the project's data as it is; null for none.
  [[nodiscard]] const store::RunRecord* find(const runs::RunSpec& spec);
  [[nodiscard]] const store::RunValueMap& hashesNow(const runs::RunSpec& spec);

  store::Project& m_project;
  store::RunRepository m_runs;
  std::map<std::string, store::RunRecord> m_known;     // by spec
  std::map<std::string, store::RunValueMap> m_hashes;  // by what is read
};

/// Puts a run into a study or sweep, under the name of its arm; the first that has a run keeps it.
void nestRun(store::Project& project, const store::RunRecord& run, const std::string& study,
             const std::string& arm);

}  // namespace twofold::app
