#include "app/worker/known_runs.h"

#include <utility>

#include "app/worker/run_execution.h"
#include "core/store/run_tracking.h"

namespace twofold::app {

namespace {

int worth(store::RunStatus status) {
  const bool canGoOn = store::canResume(status) || status == store::RunStatus::Failed;
  return status == store::RunStatus::Done ? 2 : canGoOn ? 1 : 0;
}

}  // namespace

KnownRuns::KnownRuns(store::Project& project) : m_project(project), m_runs(project.database()) {
  m_runs.reapInterrupted();  // a killed worker could not say that it ended
  for (auto& record : m_runs.runs()) {
    add(std::move(record));
  }
}

bool KnownRuns::isDone(const runs::RunSpec& spec) const {
  const auto found = m_known.find(runs::toJson(spec).dump());
  return found != m_known.end() && found->second.status == store::RunStatus::Done;
}

store::RunRecord KnownRuns::takenUp(const runs::RunSpec& spec) {
  const auto found = m_known.find(runs::toJson(spec).dump());
  if (found != m_known.end() && worth(found->second.status) > 0) {
    return found->second;
  }
  return m_runs.run(createRun(m_project, spec));
}

void KnownRuns::refresh(const std::string& id) {
  add(m_runs.run(id));
}

void KnownRuns::add(store::RunRecord record) {
  const auto found = m_known.find(record.specJson);
  if (found == m_known.end() || found->second.id == record.id ||
      worth(record.status) > worth(found->second.status)) {
    m_known.insert_or_assign(record.specJson, std::move(record));
  }
}

void nestRun(store::Project& project, const store::RunRecord& run, const std::string& study,
             const std::string& arm) {
  if (run.parent.empty()) {
    store::RunTracking tracking(project.database());
    tracking.setParent(run.id, study);
    tracking.setTags(run.id, {{"arm", arm}});
  }
}

}  // namespace twofold::app
