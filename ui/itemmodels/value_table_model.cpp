#include "ui/itemmodels/value_table_model.h"

#include <utility>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

bool isNumber(const QVariant& value) {
  return value.typeId() == QMetaType::LongLong || value.typeId() == QMetaType::Int;
}

}  // namespace

ValueTableModel::ValueTableModel(QStringList titles, QObject* parent)
    : QAbstractTableModel(parent), m_titles(std::move(titles)) {}

void ValueTableModel::setRows(std::vector<Row> rows) {
  beginResetModel();
  m_rows = std::move(rows);
  endResetModel();
}

int ValueTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ValueTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_titles.size());
}

QVariant ValueTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const auto& row = m_rows[static_cast<std::size_t>(index.row())];
  const QVariant value = row.cells.value(index.column());
  switch (role) {
    case Qt::DisplayRole:
      return isNumber(value) ? QVariant(countText(value.toLongLong())) : value;
    case Qt::ToolTipRole:
      return isNumber(value) ? QVariant() : value;
    case Qt::TextAlignmentRole:
      return int((isNumber(value) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case SortRole:
      return value;
    case KeyRole:
      return row.key;
    default:
      return {};
  }
}

QVariant ValueTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole && !m_rows.empty()) {
    return data(index(0, section), role);
  }
  return role == Qt::DisplayRole ? QVariant(m_titles.value(section)) : QVariant();
}

}  // namespace twofold::ui
