#include "ui/panels/audit/finding_table_model.h"

#include <algorithm>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

int rankOf(const AuditFinding& finding) {
  static const QStringList kOrder = {"skipped", "ok", "warn", "bad"};
  return static_cast<int>(kOrder.indexOf(finding.severity));
}

}  // namespace

QIcon lightIcon(const Theme& theme, const QString& severity) {
  const auto& colors = theme.colors();
  if (severity == QLatin1String("ok")) {
    return theme.icon(QStringLiteral("check"), colors.good);
  }
  if (severity == QLatin1String("warn")) {
    return theme.icon(QStringLiteral("triangle"), colors.warn);
  }
  return severity == QLatin1String("bad") ? theme.icon(QStringLiteral("cross"), colors.bad)
                                          : QIcon();
}

FindingTableModel::FindingTableModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), m_theme(theme) {
  connect(&theme, &Theme::changed, this, [this] {
    if (rowCount() > 0) {
      Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Count - 1),
                         {Qt::DecorationRole, Qt::ForegroundRole});
    }
  });
}

void FindingTableModel::setFindings(std::vector<AuditFinding> findings) {
  beginResetModel();
  m_findings = std::move(findings);
  endResetModel();
}

int FindingTableModel::worstRow() const {
  const auto worst = std::max_element(
      m_findings.begin(), m_findings.end(),
      [](const auto& left, const auto& right) { return rankOf(left) < rankOf(right); });
  return worst == m_findings.end() ? -1 : static_cast<int>(worst - m_findings.begin());
}

int FindingTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int FindingTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Count;
}

QVariant FindingTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const auto& finding = m_findings[static_cast<std::size_t>(index.row())];
  const bool isSkipped = finding.severity == QLatin1String("skipped");
  if (role == Qt::DecorationRole && index.column() == Light) {
    const auto icon = lightIcon(m_theme, finding.severity);
    return icon.isNull() ? QVariant() : QVariant(icon);
  }
  if (role == Qt::ForegroundRole && isSkipped) {
    return m_theme.colors().muted;
  }
  if (role == Qt::TextAlignmentRole) {
    return int((index.column() == Found ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  if (role == Qt::ToolTipRole) {
    return finding.what;
  }
  if (role != Qt::DisplayRole) {
    return {};
  }
  switch (index.column()) {
    case Light:
      return lightName(finding.severity);
    case Title:
      return finding.title;
    default:
      return isSkipped ? QStringLiteral("–") : countText(finding.count);
  }
}

QVariant FindingTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  static const QStringList kTitles = {tr("Light"), tr("Finding"), tr("Count")};
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return int((section == Found ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  return role == Qt::DisplayRole ? QVariant(kTitles.value(section)) : QVariant();
}

}  // namespace twofold::ui
