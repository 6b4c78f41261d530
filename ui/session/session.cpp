#include "ui/session/session.h"

#include <utility>

namespace twofold::ui {

Session::Session(QObject* parent) : QObject(parent) {}
Session::~Session() = default;

void Session::setProject(std::unique_ptr<store::Project> project) {
  m_project = std::move(project);
  m_pair.reset();
  m_run.clear();
  m_comparedRuns.clear();
  m_residues.reset();
  m_structure = 0;
  Q_EMIT projectChanged();
}

void Session::focusPair(const std::optional<FocusedPair>& pair) {
  if (m_pair == pair && m_structure == 0) {
    return;
  }
  m_pair = pair;
  m_structure = 0;
  showResidueValues(std::nullopt);
  Q_EMIT pairFocused();
}

void Session::focusRun(const QString& runId) {
  if (m_run == runId) {
    return;
  }
  m_run = runId;
  showResidueValues(std::nullopt);
  Q_EMIT runFocused();
}

void Session::compareRuns(const QStringList& runIds) {
  if (m_comparedRuns == runIds) {
    return;
  }
  m_comparedRuns = runIds;
  Q_EMIT comparedRunsChanged();
}

void Session::showResidueValues(std::optional<ResidueValues> values) {
  if (!values && !m_residues) {
    return;
  }
  m_residues = std::move(values);
  Q_EMIT residueValuesChanged();
}

void Session::focusStructure(std::int64_t structureKey) {
  m_structure = structureKey;
  Q_EMIT structureFocused();
}

}  // namespace twofold::ui
