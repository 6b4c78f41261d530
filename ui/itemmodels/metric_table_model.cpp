#include "ui/itemmodels/metric_table_model.h"

#include <cmath>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

/// Rows before the metrics: pairs, positives, threshold.
constexpr int kCounts = 3;

}  // namespace

void MetricTableModel::setParts(std::map<std::string, metrics::PartMetrics> parts) {
  beginResetModel();
  m_parts.clear();
  for (const char* name : {"validation", "test"}) {
    if (const auto found = parts.find(name); found != parts.end()) {
      m_parts.emplace_back(QString(name), std::move(found->second));
    }
  }
  endResetModel();
}

int MetricTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || m_parts.empty()
             ? 0
             : kCounts + static_cast<int>(metrics::metricCatalog().size());
}

int MetricTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_parts.size());
}

QString MetricTableModel::cell(int row, const metrics::PartMetrics& part) const {
  if (row < kCounts) {
    return row == 0   ? countText(part.n)
           : row == 1 ? countText(part.positives)
                      : probabilityText(part.threshold);
  }
  const auto& id = metrics::metricCatalog()[static_cast<std::size_t>(row - kCounts)].id;
  const auto value = part.values.find(id);
  if (value == part.values.end()) {
    return QStringLiteral("–");
  }
  const auto interval = part.intervals.find(id);
  return interval == part.intervals.end()
             ? probabilityText(value->second)
             : intervalText(value->second, interval->second.low, interval->second.high);
}

QVariant MetricTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) {
    return {};
  }
  if (role == Qt::DisplayRole) {
    return cell(index.row(), m_parts[static_cast<std::size_t>(index.column())].second);
  }
  if (role == Qt::TextAlignmentRole) {
    return int(Qt::AlignRight | Qt::AlignVCenter);
  }
  if (role == Qt::ToolTipRole && index.row() >= kCounts) {
    return QString::fromStdString(
        metrics::metricCatalog()[static_cast<std::size_t>(index.row() - kCounts)].help);
  }
  return {};
}

QVariant MetricTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole) {
    return {};
  }
  if (orientation == Qt::Horizontal) {
    return section < columnCount() ? m_parts[static_cast<std::size_t>(section)].first : QString();
  }
  if (section < kCounts) {
    return QStringList{tr("pairs"), tr("positives"), tr("threshold")}.at(section);
  }
  return QString::fromStdString(
      metrics::metricCatalog()[static_cast<std::size_t>(section - kCounts)].name);
}

}  // namespace twofold::ui
