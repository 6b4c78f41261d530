// The offending pairs or proteins of one finding.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/panels/audit/audit_result.h"

namespace twofold::ui {

class AuditRowModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Part, First, Second, Label, Reason, Count };

  using QAbstractTableModel::QAbstractTableModel;

  void setRows(std::vector<AuditRow> rows);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  std::vector<AuditRow> m_rows;
};

}  // namespace twofold::ui
