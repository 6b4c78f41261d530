#include "ui/panels/study/study_table_model.h"

#include <cmath>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

QString gainText(const StudyLine& line) {
  if (!std::isfinite(line.low) || !std::isfinite(line.high)) {
    return StudyTableModel::tr("%1 [too few pairs]").arg(deltaText(line.gain));
  }
  return QStringLiteral("%1 [%2, %3]")
      .arg(deltaText(line.gain), deltaText(line.low), deltaText(line.high));
}

}  // namespace

StudyTableModel::StudyTableModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), m_theme(theme) {
  connect(&theme, &Theme::changed, this, [this] {
    if (rowCount() > 0) {
      Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Count - 1), {Qt::ForegroundRole});
    }
  });
}

void StudyTableModel::setStudy(std::optional<StudyResult> study) {
  beginResetModel();
  m_study = std::move(study);
  endResetModel();
}

int StudyTableModel::headingRow() const {
  return m_study && !m_study->controls.empty() ? static_cast<int>(m_study->rows.size()) : -1;
}

int StudyTableModel::rowCount(const QModelIndex& parent) const {
  if (parent.isValid() || !m_study) {
    return 0;
  }
  const auto lines = static_cast<int>(m_study->rows.size() + m_study->controls.size());
  return headingRow() < 0 ? lines : lines + 1;
}

int StudyTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Count;
}

const StudyLine* StudyTableModel::line(int row) const {
  const auto rows = static_cast<int>(m_study->rows.size());
  if (row < rows) {
    return &m_study->rows[static_cast<std::size_t>(row)];
  }
  return row == rows ? nullptr : &m_study->controls[static_cast<std::size_t>(row - rows - 1)];
}

QVariant StudyTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const auto* shown = line(index.row());
  if (role == Qt::ForegroundRole && (shown == nullptr || shown->isControl)) {
    return m_theme.colors().muted;
  }
  if (role == Qt::TextAlignmentRole) {
    return int((index.column() == Channels ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  }
  if (shown == nullptr) {
    return role == Qt::DisplayRole && index.column() == Channels
               ? QVariant(tr("Controls: what a number is worth"))
               : QVariant();
  }
  if (role == Qt::ToolTipRole && index.column() <= Seeds) {
    return tr("%1: runs %2").arg(shown->name, shown->runs.join(QStringLiteral(", ")));
  }
  if (role != Qt::DisplayRole) {
    return {};
  }
  switch (index.column()) {
    case Channels:
      return shown->name;
    case Seeds:
      return countText(shown->runs.size());
    case Accuracy:
      return probabilityText(shown->accuracy);
    case Auprc:
      return probabilityText(shown->auprc);
    case Auroc:
      return probabilityText(shown->auroc);
    case Ece:
      return probabilityText(shown->ece);
    default:
      return index.row() == 0 ? QVariant(tr("first row")) : QVariant(gainText(*shown));
  }
}

QVariant StudyTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  static const QStringList kTitles = {tr("Channels"),
                                      tr("Seeds"),
                                      tr("Accuracy"),
                                      tr("AUPRC"),
                                      tr("AUROC"),
                                      tr("ECE"),
                                      tr("AUPRC beside the first")};
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return int((section == Channels ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  }
  if (role == Qt::ToolTipRole && section == Gain) {
    return tr("Difference to the first row on the same pairs and seed, with its 95 % interval.");
  }
  return role == Qt::DisplayRole ? QVariant(kTitles.value(section)) : QVariant();
}

Qt::ItemFlags StudyTableModel::flags(const QModelIndex& index) const {
  return index.isValid() && index.row() == headingRow() ? Qt::ItemIsEnabled
                                                        : QAbstractTableModel::flags(index);
}

}  // namespace twofold::ui
