#include "ui/itemmodels/run_filter.h"

namespace twofold::ui {

RunFilter::RunFilter(QObject* parent) : QSortFilterProxyModel(parent) {
  setSortRole(RunTableModel::SortRole);
  setFilterKeyColumn(-1);
  setFilterCaseSensitivity(Qt::CaseInsensitive);
}

void RunFilter::setRuns(RunTableModel& runs) {
  m_runs = &runs;
  setSourceModel(&runs);
  connect(&runs, &RunTableModel::foundChanged, this, &RunFilter::invalidate);
}

bool RunFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  return m_runs->isFound(row) && QSortFilterProxyModel::filterAcceptsRow(row, parent);
}

}  // namespace twofold::ui
