#include "ui/panels/evidence/term_table_model.h"

#include <algorithm>
#include <utility>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

const QString kMissing = QStringLiteral("–");

bool isRead(const TermRow& row, std::size_t side) {
  return std::any_of(row.evidence[side].begin(), row.evidence[side].end(),
                     [](const TermEvidence& one) { return !one.objection; });
}

QString kindName(data::AnnotationKind kind) {
  using data::AnnotationKind;
  switch (kind) {
    case AnnotationKind::Process:
      return TermTableModel::tr("Process");
    case AnnotationKind::Function:
      return TermTableModel::tr("Function");
    case AnnotationKind::Component:
      return TermTableModel::tr("Component");
    case AnnotationKind::Pfam:
      return TermTableModel::tr("Domain, Pfam");
    case AnnotationKind::InterPro:
      return TermTableModel::tr("Domain, InterPro");
    case AnnotationKind::Prosite:
      return TermTableModel::tr("Domain, PROSITE");
    case AnnotationKind::Keyword:
      return TermTableModel::tr("Keyword");
    case AnnotationKind::Location:
      return TermTableModel::tr("Location");
    case AnnotationKind::Pathway:
      return TermTableModel::tr("Pathway, KEGG");
  }
  return {};
}

/// "IDA, IEA"; a source that gives no code is told by a word.
QString codes(const std::vector<TermEvidence>& evidence) {
  QStringList all;
  for (const auto& one : evidence) {
    all << (one.code.empty() ? TermTableModel::tr("no code") : QString::fromStdString(one.code));
  }
  return all.isEmpty() ? kMissing : all.join(QStringLiteral(", "));
}

}  // namespace

TermTableModel::TermTableModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), m_theme(theme) {}

void TermTableModel::setRows(std::vector<TermRow> rows, const std::array<QString, 2>& ids) {
  beginResetModel();
  m_rows = std::move(rows);
  m_ids = ids;
  endResetModel();
}

int TermTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TermTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString TermTableModel::reads(const TermRow& row) const {
  for (std::size_t side = 0; side < 2; ++side) {
    if (isRead(row, side) && !row.evidence[1 - side].empty() && !isRead(row, 1 - side)) {
      return tr("of %1 only").arg(m_ids[side]);
    }
  }
  if (isRead(row, 0) || isRead(row, 1)) {
    return tr("yes");
  }
  const auto& evidence = row.evidence[row.evidence[0].empty() ? 1 : 0];
  const auto reason = data::describe(*evidence.front().objection);
  return tr("no: %1").arg(QString::fromUtf8(reason.data(), static_cast<int>(reason.size())));
}

QString TermTableModel::text(const TermRow& row, int column) const {
  switch (column) {
    case Term:
      return row.name.empty() ? QString::fromStdString(row.term)
                              : QString::fromStdString(row.name + "  " + row.term);
    case Kind:
      return kindName(row.kind);
    case First:
    case Second:
      return codes(row.evidence[column == First ? 0 : 1]);
    case Proteins:
      return countText(row.proteins);
    default:
      return reads(row);
  }
}

QString TermTableModel::tip(const TermRow& row, int column) const {
  if (column == Proteins) {
    return tr("%1 proteins of the project have it%2; information content %3 nats")
        .arg(countText(row.proteins), data::isGo(row.kind) ? tr(" or a term below it") : QString(),
             QString::number(row.information, 'f', 2));
  }
  if ((column == First || column == Second) && row.evidence[column == First ? 0 : 1].empty()) {
    return tr("%1 has no such annotation in this view").arg(m_ids[column == First ? 0 : 1]);
  }
  return text(row, column);
}

QVariant TermTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const auto& row = m_rows[static_cast<std::size_t>(index.row())];
  const int column = index.column();
  switch (role) {
    case Qt::DisplayRole:
      return text(row, column);
    case Qt::ToolTipRole:
      return tip(row, column);
    case Qt::TextAlignmentRole:
      return int((column == Proteins ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::DecorationRole:
      if (column == Reads) {
        return isRead(row, 0) || isRead(row, 1)
                   ? m_theme.icon(QStringLiteral("check"), m_theme.colors().good)
                   : m_theme.icon(QStringLiteral("cross"), m_theme.colors().muted);
      }
      return {};
    default:
      return {};
  }
}

QVariant TermTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return int((section == Proteins ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  if (role != Qt::DisplayRole) {
    return {};
  }
  switch (section) {
    case Term:
      return tr("Term");
    case Kind:
      return tr("Kind");
    case First:
    case Second:
      return tr("Evidence, %1").arg(m_ids[section == First ? 0 : 1]);
    case Proteins:
      return tr("Proteins");
    case Reads:
      return tr("Model reads it");
    default:
      return {};
  }
}

}  // namespace twofold::ui
