#include "ui/panels/evidence/neighbour_table_model.h"

#include <utility>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

const QString kMissing = QStringLiteral("–");

bool isNumber(int column) {
  return column == NeighbourTableModel::Rank || column == NeighbourTableModel::Distance ||
         column == NeighbourTableModel::Identity || column == NeighbourTableModel::Coverage;
}

QString percent(double share) {
  return QStringLiteral("%1 %").arg(QString::number(100 * share, 'f', 1));
}

}  // namespace

NeighbourTableModel::NeighbourTableModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), m_theme(theme) {}

void NeighbourTableModel::setList(const NeighbourList& list, std::vector<Interolog> marks,
                                  const QString& other) {
  beginResetModel();
  m_list = list;
  m_marks = std::move(marks);
  m_other = other;
  endResetModel();
}

int NeighbourTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_list.rows.size());
}

int NeighbourTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString NeighbourTableModel::evidenceText(const Interolog& mark) const {
  if (mark.withOther) {
    return tr("partner of %1").arg(m_other);
  }
  if (mark.withNear.isEmpty()) {
    return kMissing;
  }
  return mark.withNear.size() == 1
             ? tr("partner of %1, near %2").arg(mark.withNear.first(), m_other)
             : tr("partner of %1 proteins near %2").arg(mark.withNear.size()).arg(m_other);
}

QString NeighbourTableModel::text(int row, int column) const {
  const auto& neighbour = m_list.rows[static_cast<std::size_t>(row)];
  switch (column) {
    case Rank:
      return QString::number(row + 1);
    case Protein:
      return neighbour.id;
    case Distance:
      return QString::number(neighbour.distance, 'g', 3);
    case Identity:
      return percent(neighbour.identity);
    case Coverage:
      return percent(neighbour.coverage);
    case Evidence:
      return evidenceText(m_marks[static_cast<std::size_t>(row)]);
    default:
      return neighbour.partners.isEmpty()
                 ? kMissing
                 : QStringLiteral("%1: %2").arg(countText(neighbour.partners.size()),
                                                neighbour.partners.join(QStringLiteral(", ")));
  }
}

QString NeighbourTableModel::tip(int row, int column) const {
  const auto& neighbour = m_list.rows[static_cast<std::size_t>(row)];
  const auto& mark = m_marks[static_cast<std::size_t>(row)];
  switch (column) {
    case Protein:
      return neighbour.name.isEmpty() ? neighbour.id
                                      : neighbour.id + QStringLiteral(" · ") + neighbour.name;
    case Evidence:
      return mark.withNear.isEmpty()
                 ? mark.withOther ? text(row, column)
                                  : tr("None of its known partners is %1 or near it").arg(m_other)
                 : tr("Near %1: %2").arg(m_other, mark.withNear.join(QStringLiteral(", ")));
    case Partners:
      return neighbour.partners.isEmpty() ? tr("No known partner in the training part")
                                          : text(row, column);
    default:
      return {};
  }
}

QVariant NeighbourTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const int column = index.column();
  switch (role) {
    case Qt::DisplayRole:
      return text(index.row(), column);
    case Qt::ToolTipRole:
      return tip(index.row(), column);
    case Qt::TextAlignmentRole:
      return int((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::FontRole:
      return column == Protein ? QVariant(m_theme.monospace()) : QVariant();
    case Qt::DecorationRole:
      return column == Evidence && m_marks[static_cast<std::size_t>(index.row())].isEvidence()
                 ? QVariant(m_theme.icon(QStringLiteral("check"), m_theme.colors().good))
                 : QVariant();
    default:
      return {};
  }
}

QVariant NeighbourTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  static constexpr std::array kTitles = {QT_TR_NOOP("#"),
                                         QT_TR_NOOP("Protein"),
                                         QT_TR_NOOP("Distance"),
                                         QT_TR_NOOP("Identity"),
                                         QT_TR_NOOP("Coverage"),
                                         QT_TR_NOOP("Evidence for the pair"),
                                         QT_TR_NOOP("Known partners in training")};
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  if (role == Qt::ToolTipRole && section == Identity) {
    return tr("Equal residues among the aligned ones; says little where the coverage is small");
  }
  if (role == Qt::ToolTipRole && section == Coverage) {
    return tr("Aligned residues over the length of %1").arg(m_list.protein);
  }
  return role == Qt::DisplayRole ? QVariant(tr(kTitles[static_cast<std::size_t>(section)]))
                                 : QVariant();
}

}  // namespace twofold::ui
