#include "ui/itemmodels/run_table_model.h"

#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/runs/run_spec.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

struct MetricColumn {
  const char* id;
  const char* title;
};

constexpr std::array kMetrics = {
    MetricColumn{"auprc", "AUPRC"},   MetricColumn{"auroc", "AUROC"},
    MetricColumn{"mcc", "MCC"},       MetricColumn{"accuracy", "Accuracy"},
    MetricColumn{"f1", "F1"},         MetricColumn{"precision", "Precision"},
    MetricColumn{"recall", "Recall"},
};

constexpr int kDuration = RunTableModel::FirstMetric + static_cast<int>(kMetrics.size());

bool isMetric(int column) {
  return column >= RunTableModel::FirstMetric && column < kDuration;
}

const MetricColumn& metricColumn(int column) {
  return kMetrics.at(static_cast<std::size_t>(column - RunTableModel::FirstMetric));
}

double seconds(const store::RunRecord& record) {
  return record.started == 0 || record.finished < record.started
             ? std::nan("")
             : static_cast<double>(record.finished - record.started);
}

}  // namespace

RunRow runRow(store::RunRecord record) {
  RunRow row;
  try {
    const auto spec =
        runs::runSpecFromJson(formats::parseJson(record.specJson, record.id), record.id);
    row.backbone = QString::fromStdString(spec.backbone.id);
    for (const auto& channel : spec.channels) {
      row.channels << QString::fromStdString(channel.id);
    }
    row.split = QString::fromStdString(spec.pairSet + " / " + spec.split);
    row.seed = QString::number(spec.seed);
  } catch (const Error& error) {
    // One unreadable spec must not hide the other runs.
    row.backbone = QString::fromUtf8(error.what());
  }
  row.record = std::move(record);
  return row;
}

QString statusIcon(store::RunStatus status) {
  switch (status) {
    case store::RunStatus::Done:
      return QStringLiteral("check");
    case store::RunStatus::Failed:
      return QStringLiteral("cross");
    case store::RunStatus::Running:
      return QStringLiteral("play");
    case store::RunStatus::Queued:
      return QStringLiteral("clock");
    case store::RunStatus::Stopped:
    case store::RunStatus::Interrupted:
      return QStringLiteral("triangle");
  }
  return {};
}

RunTableModel::RunTableModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), m_theme(theme) {
  connect(&theme, &Theme::changed, this, [this] {
    m_icons.clear();
    if (!m_rows.empty()) {
      Q_EMIT dataChanged(index(0, Status), index(rowCount() - 1, Status), {Qt::DecorationRole});
    }
  });
}

QIcon RunTableModel::icon(store::RunStatus status) const {
  // Drawn once: a cell asks at each repaint.
  const auto found = m_icons.find(status);
  return found != m_icons.end()
             ? found->second
             : m_icons.emplace(status, m_theme.icon(statusIcon(status))).first->second;
}

void RunTableModel::setRuns(std::vector<RunRow> rows) {
  beginResetModel();
  m_rows = std::move(rows);
  endResetModel();
}

void RunTableModel::setPart(const QString& part) {
  m_part = part;
  if (!m_rows.empty()) {
    Q_EMIT dataChanged(index(0, FirstMetric), index(rowCount() - 1, columnCount() - 1));
  }
}

const RunRow* RunTableModel::row(int index) const {
  return index >= 0 && index < rowCount() ? &m_rows[static_cast<std::size_t>(index)] : nullptr;
}

int RunTableModel::rowOf(const QString& runId) const {
  for (int i = 0; i < rowCount(); ++i) {
    if (m_rows[static_cast<std::size_t>(i)].record.id == runId.toStdString()) {
      return i;
    }
  }
  return -1;
}

int RunTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kDuration + 1;
}

const metrics::PartMetrics* RunTableModel::partOf(const RunRow& row) const {
  const auto found = row.record.parts.find(m_part.toStdString());
  return found == row.record.parts.end() ? nullptr : &found->second;
}

std::optional<double> RunTableModel::metric(const RunRow& row, int column) const {
  const auto* part = partOf(row);
  if (part == nullptr || !isMetric(column)) {
    return std::nullopt;
  }
  const auto found = part->values.find(metricColumn(column).id);
  return found == part->values.end() ? std::nullopt : std::optional(found->second);
}

QString RunTableModel::text(const RunRow& row, int column) const {
  switch (column) {
    case Run:
      return QString::fromStdString(row.record.id);
    case Status:
      return QString::fromUtf8(store::name(row.record.status).data());
    case Experiment:
      return QString::fromStdString(row.record.experiment);
    case Backbone:
      return row.backbone;
    case Channels:
      return row.channels.join(QStringLiteral(" + "));
    case Split:
      return row.split;
    case Seed:
      return row.seed;
    default:
      break;
  }
  if (column == kDuration) {
    return durationText(seconds(row.record));
  }
  return probabilityText(metric(row, column).value_or(std::nan("")));
}

QVariant RunTableModel::sortValue(const RunRow& row, int column) const {
  // Missing values sort below all others; NaN has no place in an order.
  if (isMetric(column)) {
    const double value = metric(row, column).value_or(std::nan(""));
    return std::isnan(value) ? -2 : value;
  }
  if (column == kDuration) {
    const double value = seconds(row.record);
    return std::isnan(value) ? -1 : value;
  }
  return column == Run ? QVariant(qint64(row.record.created)) : QVariant(text(row, column));
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const {
  const auto* row = this->row(index.row());
  if (row == nullptr || !index.isValid()) {
    return {};
  }
  const int column = index.column();
  switch (role) {
    case Qt::DisplayRole:
      return text(*row, column);
    case Qt::ToolTipRole:
      return column == Status ? QString::fromStdString(row->record.message) : QVariant();
    case Qt::DecorationRole:
      return column == Status ? QVariant(icon(row->record.status)) : QVariant();
    case Qt::TextAlignmentRole:
      return column >= Seed ? int(Qt::AlignRight | Qt::AlignVCenter)
                            : int(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::FontRole:
      return column == Run ? QVariant(m_theme.monospace()) : QVariant();
    case SortRole:
      return sortValue(*row, column);
    case RunIdRole:
      return QString::fromStdString(row->record.id);
    case IntervalRole: {
      const auto* part = partOf(*row);
      if (part == nullptr || !isMetric(column)) {
        return {};
      }
      const auto found = part->intervals.find(metricColumn(column).id);
      return found == part->intervals.end()
                 ? QVariant()
                 : QVariant(QString("[%1, %2]")
                                .arg(probabilityText(found->second.low),
                                     probabilityText(found->second.high)));
    }
    default:
      return {};
  }
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return section >= Seed ? int(Qt::AlignRight | Qt::AlignVCenter)
                           : int(Qt::AlignLeft | Qt::AlignVCenter);
  }
  if (role != Qt::DisplayRole) {
    return {};
  }
  const QStringList titles = {tr("Run"),      tr("Status"), tr("Experiment"), tr("Backbone"),
                              tr("Channels"), tr("Split"),  tr("Seed")};
  if (section < FirstMetric) {
    return titles.value(section);
  }
  return section == kDuration ? tr("Time") : QString(metricColumn(section).title);
}

}  // namespace twofold::ui
