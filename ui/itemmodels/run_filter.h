// The rows of the runs table that a query found and that hold some words, in any order.
#pragma once

#include <QSortFilterProxyModel>

#include "ui/itemmodels/run_table_model.h"

namespace twofold::ui {

class RunFilter : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  explicit RunFilter(QObject* parent = nullptr);

  /// The source is a RunTableModel.
  void setRuns(RunTableModel& runs);

 protected:
  [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  RunTableModel* m_runs = nullptr;
};

}  // namespace twofold::ui
