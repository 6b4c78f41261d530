#include "ui/itemmodels/pair_table_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {
constexpr int kColumns = 5;
}

void PairTableModel::setTable(PairTable table) {
  beginResetModel();
  m_table = std::move(table);
  arrange();
  endResetModel();
}

void PairTableModel::forgetProbabilities() {
  beginResetModel();
  std::fill(m_table.probability.begin(), m_table.probability.end(),
            std::numeric_limits<float>::quiet_NaN());
  arrange();
  endResetModel();
}

void PairTableModel::setFilter(const PairFilter& filter) {
  if (filter == m_filter) {
    return;
  }
  beginResetModel();
  m_filter = filter;
  arrange();
  endResetModel();
}

void PairTableModel::sort(int column, Qt::SortOrder order) {
  beginResetModel();
  m_sortColumn = column;
  m_order = order;
  arrange();
  endResetModel();
}

void PairTableModel::arrange() {
  m_rows = filterPairs(m_table, m_filter);
  if (m_sortColumn >= 0) {
    sortPairs(m_table, static_cast<PairColumn>(m_sortColumn), m_order == Qt::AscendingOrder,
              m_rows);
  }
}

std::uint32_t PairTableModel::pairAt(int row) const {
  return m_rows.at(static_cast<std::size_t>(row));
}

int PairTableModel::rowOf(std::int64_t pairIndex) const {
  const auto found = std::find(m_rows.begin(), m_rows.end(), pairIndex);
  return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int PairTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PairTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString PairTableModel::text(std::uint32_t pair, PairColumn column) const {
  const auto id = [this](std::int32_t protein) {
    return QString::fromStdString(m_table.proteins.ids[static_cast<std::size_t>(protein)]);
  };
  switch (column) {
    case PairColumn::ProteinA:
      return id(m_table.a[pair]);
    case PairColumn::ProteinB:
      return id(m_table.b[pair]);
    case PairColumn::Label:
      return m_table.label[pair] == data::Label::Positive   ? tr("interacts")
             : m_table.label[pair] == data::Label::Negative ? tr("does not")
                                                            : QStringLiteral("–");
    case PairColumn::Part:
      return m_table.part[pair] == data::Part::None
                 ? QStringLiteral("–")
                 : QString::fromUtf8(data::name(m_table.part[pair]).data());
    case PairColumn::Probability:
      return probabilityText(m_table.probability[pair]);
  }
  return {};
}

QVariant PairTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const auto pair = m_rows[static_cast<std::size_t>(index.row())];
  const auto column = static_cast<PairColumn>(index.column());
  switch (role) {
    case Qt::DisplayRole:
      return text(pair, column);
    case Qt::TextAlignmentRole:
      return column == PairColumn::Probability ? int(Qt::AlignRight | Qt::AlignVCenter)
                                               : int(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ToolTipRole:
      if (column == PairColumn::ProteinA || column == PairColumn::ProteinB) {
        const auto protein = column == PairColumn::ProteinA ? m_table.a[pair] : m_table.b[pair];
        return QString::fromStdString(m_table.proteins.names[static_cast<std::size_t>(protein)]);
      }
      return column == PairColumn::Probability && std::isnan(m_table.probability[pair])
                 ? QVariant(tr("The run in focus has not scored this pair"))
                 : QVariant();
    default:
      return {};
  }
}

QVariant PairTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole &&
      static_cast<PairColumn>(section) == PairColumn::Probability) {
    return int(Qt::AlignRight | Qt::AlignVCenter);
  }
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
    return {};
  }
  return QStringList{tr("Protein A"), tr("Protein B"), tr("Label"), tr("Part"), tr("Probability")}
      .value(section);
}

}  // namespace twofold::ui
