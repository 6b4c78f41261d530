#include "app/worker/known_runs.h"

#include <fmt/format.h>

#include <utility>

#include "app/worker/run_execution.h"
#include "app/worker/run_provenance.h"
#include "core/runs/copied_evidence.h"

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

bool KnownRuns::isDone(const runs::RunSpec& spec) {
  const auto* found = find(spec);
  return found != nullptr && found->status == store::RunStatus::Done;
}

store::RunRecord KnownRuns::takenUp(const runs::RunSpec& spec) {
  const auto* found = find(spec);
  if (found != nullptr && worth(found->status) > 0) {
    return *found;
  }
  return m_runs.run(createRun(m_project, spec));
}

const store::RunRecord* KnownRuns::find(const runs::RunSpec& spec) {
  const auto text = runs::toJson(spec).dump();
  const auto found = m_known.find(text);
  if (found == m_known.end()) {
    return nullptr;
  }
  const auto recorded = store::RunTracking(m_project.database()).values(found->second.id);
  for (const auto& [name, hash] : hashesNow(spec)) {
    if (const auto own = recorded.find(name); own != recorded.end() && own->second != hash) {
      m_known.erase(found);
      return nullptr;
    }
  }
  return &found->second;
}

const store::RunValueMap& KnownRuns::hashesNow(const runs::RunSpec& spec) {
  const auto what = fmt::format("{} {} {}", runs::readsAnnotations(spec),
                                runs::readsStructures(spec), spec.pairSet);
  const auto [found, isNew] = m_hashes.try_emplace(what);
  if (isNew) {
    found->second = dataHashes(m_project, spec, {});
  }
  return found->second;
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
