#include "ui/panels/compare/disagreement_table_model.h"

#include <utility>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

bool isNumber(int column) {
  return column >= DisagreementTableModel::First && column <= DisagreementTableModel::Gap;
}

}  // namespace

void DisagreementTableModel::setRows(std::vector<DisagreementRow> rows, const QString& first,
                                     const QString& second) {
  beginResetModel();
  m_rows = std::move(rows);
  m_first = first;
  m_second = second;
  endResetModel();
}

int DisagreementTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DisagreementTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Count;
}

QString DisagreementTableModel::text(const DisagreementRow& row, int column) const {
  switch (column) {
    case ProteinA:
      return row.pair.idA;
    case ProteinB:
      return row.pair.idB;
    case Label:
      return row.pair.label == data::Label::Positive ? tr("interacts") : tr("does not");
    case First:
      return probabilityText(static_cast<double>(row.first));
    case Second:
      return probabilityText(static_cast<double>(row.second));
    case Gap:
      return probabilityText(row.gap);
    default:
      return row.firstIsRight ? m_first : m_second;
  }
}

QVariant DisagreementTableModel::sortValue(const DisagreementRow& row, int column) const {
  switch (column) {
    case First:
      return row.first;
    case Second:
      return row.second;
    case Gap:
      return row.gap;
    default:
      return text(row, column);
  }
}

QVariant DisagreementTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  switch (role) {
    case Qt::DisplayRole:
      return text(row(index.row()), index.column());
    case SortRole:
      return sortValue(row(index.row()), index.column());
    case Qt::TextAlignmentRole:
      return int((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
      return {};
  }
}

QVariant DisagreementTableModel::headerData(int section, Qt::Orientation orientation,
                                            int role) const {
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  if (role == Qt::ToolTipRole && section == Gap) {
    return tr(
        "Between the two scores; where a run gives an order alone, between the shares of "
        "pairs that score no higher.");
  }
  const QStringList titles = {tr("Protein A"), tr("Protein B"), tr("Label"), m_first,
                              m_second,        tr("Gap"),       tr("Right")};
  return role == Qt::DisplayRole ? QVariant(titles.value(section)) : QVariant();
}

}  // namespace twofold::ui
