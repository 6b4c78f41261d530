// What the runs panel does with marks, and with the runs that are selected.
#include <algorithm>

#include "core/base/error.h"
#include "core/runs/run_search.h"
#include "core/runs/tag_lines.h"
#include "ui/panels/runs/runs_panel.h"

namespace twofold::ui {

void RunsPanel::mark(const RunMarksView::Change& change) {
  if (m_session.project() == nullptr) {
    return;
  }
  m_marking.start(
      [folder = m_session.project()->folder(), change] {
        auto project = store::Project::open(folder);
        store::RunTracking tracking(project.database());
        change(tracking);
        return true;
      },
      [this](const Outcome<bool>& outcome) {
        if (const auto* failed = std::get_if<Failed>(&outcome)) {
          Q_EMIT m_session.message(QString::fromStdString(failed->message), true);
        }
        refresh();
      });
}

void RunsPanel::showMarks(const RunRow* row) {
  if (row == nullptr) {
    m_marks->show({});
    return;
  }
  RunMarks marks{row->record.id,          row->record.experiment, {},
                 row->record.note,        row->record.favourite,  row->record.archived,
                 m_model.isBaseline(*row)};
  try {
    store::RunTracking tracking(m_session.project()->database());
    marks.tags = runs::tagLines(tracking.values(marks.id));
  } catch (const Error& error) {
    // It was just deleted; the list will soon say so.
    Q_EMIT m_session.message(QString::fromUtf8(error.what()), true);
  }
  m_marks->show(marks);
}

QStringList RunsPanel::selectedRuns() const {
  auto rows = m_table->selectionModel()->selectedRows();
  std::ranges::sort(rows, {}, &QModelIndex::row);  // as they stand, not as they were clicked
  QStringList ids;
  for (const auto& index : rows) {
    ids << index.data(RunTableModel::RunIdRole).toString();
  }
  return ids;
}

void RunsPanel::select(const QStringList& ids) {
  QItemSelection selection;
  for (const auto& id : ids) {
    const auto index = m_sorted.mapFromSource(m_model.index(m_model.rowOf(id), 0));
    if (index.isValid()) {
      selection.select(index, index);
    }
  }
  if (!selection.isEmpty()) {
    m_table->selectionModel()->select(
        selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  }
}

RunsAtHand RunsPanel::atHand() const {
  RunsAtHand runs;
  runs.selected = selectedRuns();
  for (int row = 0; row < m_model.rowCount(); ++row) {
    runs.experiments << QString::fromStdString(m_model.row(row)->record.experiment);
  }
  runs.experiments.removeDuplicates();
  runs.experiments.sort();
  const auto shown = query();
  const auto words = runs::searchFrom(m_filter->text().toStdString()).words;
  runs.shown = {QString::fromStdString(shown.filter),
                QString::fromStdString(shown.columns),
                shown.archived,
                QString::fromStdString(words),
                {}};
  for (int row = 0; !words.empty() && row < m_sorted.rowCount(); ++row) {
    runs.shown.runs << m_sorted.index(row, 0).data(RunTableModel::RunIdRole).toString();
  }
  return runs;
}

void RunsPanel::followSelection() {
  const auto ids = selectedRuns();
  m_difference->showRuns(ids);
  m_compare->setEnabled(ids.size() > 1);
  m_compareAction->setEnabled(ids.size() > 1);
}

void RunsPanel::compareSelected() {
  const auto ids = selectedRuns();
  if (ids.size() > 1) {
    m_session.compareRuns(ids);
    Q_EMIT m_session.panelWanted(QStringLiteral("compare"));
  }
}

}  // namespace twofold::ui
