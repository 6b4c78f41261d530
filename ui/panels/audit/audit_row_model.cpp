#include "ui/panels/audit/audit_row_model.h"

namespace twofold::ui {

void AuditRowModel::setRows(std::vector<AuditRow> rows) {
  beginResetModel();
  m_rows = std::move(rows);
  endResetModel();
}

int AuditRowModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AuditRowModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Count;
}

QVariant AuditRowModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount() || role != Qt::DisplayRole) {
    return {};
  }
  const auto& row = m_rows[static_cast<std::size_t>(index.row())];
  switch (index.column()) {
    case Part:
      return row.part;
    case First:
      return row.first;
    case Second:
      return row.second;
    case Label:
      return row.label;
    default:
      return row.reason;
  }
}

QVariant AuditRowModel::headerData(int section, Qt::Orientation orientation, int role) const {
  static const QStringList kTitles = {tr("Part"), tr("Protein"), tr("With"), tr("Label"),
                                      tr("Why")};
  if (role == Qt::TextAlignmentRole) {
    return int(Qt::AlignLeft | Qt::AlignVCenter);
  }
  return orientation == Qt::Horizontal && role == Qt::DisplayRole ? QVariant(kTitles.value(section))
                                                                  : QVariant();
}

}  // namespace twofold::ui
