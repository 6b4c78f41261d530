#include "ui/panels/compare/disagreement_table_model.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

bool isNumber(int column) {
  return column >= DisagreementTableModel::First && column <= DisagreementTableModel::Gap;
}

bool isBefore(const DisagreementRow& x, const DisagreementRow& y, int column) {
  switch (column) {
    case DisagreementTableModel::ProteinA:
      return x.pair.idA < y.pair.idA;
    case DisagreementTableModel::ProteinB:
      return x.pair.idB < y.pair.idB;
    case DisagreementTableModel::Label:
      return x.pair.label < y.pair.label;
    case DisagreementTableModel::First:
      return x.first < y.first;
    case DisagreementTableModel::Second:
      return x.second < y.second;
    case DisagreementTableModel::Gap:
      return x.gap < y.gap;
    default:
      return x.firstIsRight < y.firstIsRight;
  }
}

}  // namespace

void DisagreementTableModel::setRows(std::vector<DisagreementRow> rows, const QString& first,
                                     const QString& second) {
  beginResetModel();
  m_rows = std::move(rows);
  m_order.resize(m_rows.size());
  std::iota(m_order.begin(), m_order.end(), std::size_t{0});
  m_first = first;
  m_second = second;
  endResetModel();
}

void DisagreementTableModel::sort(int column, Qt::SortOrder order) {
  if (column < 0) {
    return;
  }
  beginResetModel();
  std::ranges::stable_sort(m_order, [&](std::size_t x, std::size_t y) {
    return order == Qt::AscendingOrder ? isBefore(m_rows[x], m_rows[y], column)
                                       : isBefore(m_rows[y], m_rows[x], column);
  });
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

QVariant DisagreementTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  switch (role) {
    case Qt::DisplayRole:
      return text(row(index.row()), index.column());
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
