// What the evidence behind a pair has to know of the run in focus.
#pragma once

#include <QStringList>
#include <optional>
#include <string>

#include "core/data/evidence_rule.h"
#include "core/runs/run_spec.h"
#include "core/store/project.h"

namespace twofold::ui {

struct EvidenceRun {
  std::string id;
  std::string pairSet;
  std::string split;
  runs::PartSpec backbone;  // with the run's own adapters, where it made some; no id for imported
  std::optional<data::EvidenceRule> rule;  // of its annotation channel; none: it has no such
};

/// Throws Error(NotFound) for a run that is gone, Error(BadInput) for a spec that cannot be read.
[[nodiscard]] EvidenceRun evidenceRun(store::Project& project, const std::string& id);

/// `twofold-worker neighbours` among the run's training proteins, in the run's embeddings.
[[nodiscard]] QStringList neighbourArguments(const EvidenceRun& run, const QString& protein,
                                             std::size_t k);

/// The arguments for each of the proteins; of the nearest 10, or of all where there are fewer.
/// Reads the store; any thread. Throws Error(NotFound) when there is nothing to look among.
[[nodiscard]] QList<QStringList> neighbourPlan(store::Project& project, const EvidenceRun& run,
                                               const QStringList& proteins);

}  // namespace twofold::ui
