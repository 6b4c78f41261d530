#include "ui/panels/structure/mapping_table_model.h"

#include <QLocale>
#include <array>

namespace twofold::ui {

void MappingTableModel::setMapping(const ChainMapping& mapping) {
  beginResetModel();
  m_mapping = mapping;
  endResetModel();
}

int MappingTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_mapping.mapping.residues.size());
}

int MappingTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString MappingTableModel::text(std::size_t row, int column) const {
  const char letter = m_mapping.sequence.at(row);
  const auto& residue = m_mapping.mapping.residues.at(row);
  if (column == Position) {
    return QString::number(row + 1);
  }
  if (column == Letter) {
    return QString(QLatin1Char(letter));
  }
  if (!residue) {
    return column == Remark ? tr("gap") : QString();
  }
  switch (column) {
    case Number:
      return QString::fromStdString(residue->label());
    case Name:
      return QString::fromStdString(residue->name);
    case Confidence:
      return residue->confidence
                 ? QLocale().toString(static_cast<double>(*residue->confidence), 'f', 1)
                 : QString();
    default:
      return residue->letter == letter ? QString() : tr("differs");
  }
}

QVariant MappingTableModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
    return {};
  }
  if (role == Qt::DisplayRole) {
    return text(static_cast<std::size_t>(index.row()), index.column());
  }
  if (role == Qt::TextAlignmentRole) {
    const bool isNumber =
        index.column() == Position || index.column() == Number || index.column() == Confidence;
    return static_cast<int>((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  return {};
}

QVariant MappingTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 ||
      section >= ColumnCount) {
    return {};
  }
  const std::array<QString, ColumnCount> titles = {
      tr("Position"),
      tr("Residue"),
      tr("Chain %1").arg(QString::fromStdString(m_mapping.mapping.chain)),
      tr("Name"),
      tr("pLDDT"),
      tr("Remark")};
  return titles[static_cast<std::size_t>(section)];
}

}  // namespace twofold::ui
