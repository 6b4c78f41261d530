#include "ui/panels/study/study_table_model.h"

#include <cmath>

#include "core/comparison/comparison_words.h"
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

const std::vector<StudyLine>& StudyTableModel::secondGroup() const {
  return m_study->isSweep ? m_study->aside : m_study->controls;
}

int StudyTableModel::headingRow() const {
  return m_study && !secondGroup().empty() ? static_cast<int>(m_study->rows.size()) : -1;
}

int StudyTableModel::rowCount(const QModelIndex& parent) const {
  if (parent.isValid() || !m_study) {
    return 0;
  }
  const auto lines = static_cast<int>(m_study->rows.size() + secondGroup().size());
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
  return row == rows ? nullptr : &secondGroup()[static_cast<std::size_t>(row - rows - 1)];
}

QVariant StudyTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const auto* shown = line(index.row());
  if (role == Qt::ForegroundRole && index.row() >= static_cast<int>(m_study->rows.size())) {
    return m_theme.colors().muted;
  }
  if (role == Qt::TextAlignmentRole) {
    return int((index.column() == Channels ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  }
  if (shown == nullptr) {
    const QString heading = m_study->isSweep ? tr("Ended early: the best up to there")
                                             : tr("Controls: what a number is worth");
    return role == Qt::DisplayRole && index.column() == Channels ? QVariant(heading) : QVariant();
  }
  if (role == Qt::DecorationRole && index.column() == Channels && shown->endedAfter > 0) {
    return shown->isFailed ? m_theme.icon(QStringLiteral("cross"), m_theme.colors().bad)
                           : m_theme.icon(QStringLiteral("triangle"), m_theme.colors().warn);
  }
  if (role == Qt::ToolTipRole) {
    const QString words = tip(*shown, index.column());
    return words.isEmpty() ? QVariant() : QVariant(words);
  }
  return role == Qt::DisplayRole ? cell(*shown, index.row(), index.column()) : QVariant();
}

QString StudyTableModel::tip(const StudyLine& line, int column) {
  if (column <= Seeds) {
    return tr("%1: runs %2").arg(line.name, line.runs.join(QStringLiteral(", ")));
  }
  if (!line.reason.isEmpty()) {
    return line.reason;
  }
  if (column != P) {
    return {};
  }
  return std::isnan(line.p) ? tr("There is nothing to compare, or too few pairs for a p.")
                            : tr("%1 alone; after Holm's correction over the rows %2")
                                  .arg(pWords(line.p), pWords(line.holm));
}

QVariant StudyTableModel::cell(const StudyLine& line, int row, int column) const {
  switch (column) {
    case Channels:
      return m_study->isSweep ? armValues(line.name) : line.name;
    case Seeds:
      return countText(static_cast<qint64>(line.runs.size()));
    case Accuracy:
      return probabilityText(line.accuracy);
    case Auprc:
      return probabilityText(line.auprc);
    case Auroc:
      return probabilityText(line.auroc);
    case Ece:
      return probabilityText(line.ece);
    case Gain:
      return row == 0              ? tr("first row")
             : line.isFailed       ? tr("failed")
             : line.endedAfter > 0 ? tr("ended after epoch %1").arg(countText(line.endedAfter))
                                   : gainText(line);
    default:
      return row == 0 || line.endedAfter > 0 ? QString()
                                             : QString::fromStdString(comparison::pText(line.holm));
  }
}

/// What the arms of a sweep vary.
QString StudyTableModel::firstTitle() const {
  if (!m_study || !m_study->isSweep) {
    return tr("Channels");
  }
  for (const auto* lines : {&m_study->rows, &m_study->aside}) {
    for (const auto& line : *lines) {
      if (const auto keys = armKeys(line.name); !keys.isEmpty()) {
        return keys;
      }
    }
  }
  return tr("Arm");
}

QVariant StudyTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  const QStringList titles = {firstTitle(),
                              tr("Seeds"),
                              tr("Accuracy"),
                              tr("AUPRC"),
                              tr("AUROC"),
                              tr("ECE"),
                              tr("AUPRC beside the first"),
                              tr("p (Holm)")};
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return int((section == Channels ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  }
  if (role == Qt::ToolTipRole && section == Gain) {
    return tr("Difference to the first row on the same pairs and seed, with its 95 % interval.");
  }
  if (role == Qt::ToolTipRole && section == P) {
    return tr("How likely such a difference is by chance, corrected for the number of rows.");
  }
  return role == Qt::DisplayRole ? QVariant(titles.value(section)) : QVariant();
}

Qt::ItemFlags StudyTableModel::flags(const QModelIndex& index) const {
  return index.isValid() && index.row() == headingRow() ? Qt::ItemIsEnabled
                                                        : QAbstractTableModel::flags(index);
}

}  // namespace twofold::ui
