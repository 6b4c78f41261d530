#include "ui/itemmodels/run_table_model.h"

#include <QTextDocument>
#include <array>
#include <cmath>
#include <limits>

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
    row.split = QString::fromStdString(spec.pairSet);
    if (!spec.split.empty()) {
      row.split += QString::fromStdString(" / " + spec.split);
    }
    if (spec.imported) {
      row.backbone = QString::fromStdString(spec.imported->name);
      row.channels << RunTableModel::tr("imported scores");
      row.record = std::move(record);
      return row;
    }
    row.backbone = QString::fromStdString(spec.backbone.id);
    for (const auto& channel : spec.channels) {
      row.channels << QString::fromStdString(channel.id);
    }
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

void RunTableModel::setRuns(std::vector<RunRow> rows, FoundRuns found) {
  beginResetModel();
  m_rows = std::move(rows);
  m_rowOf.clear();
  for (const auto& row : m_rows) {
    m_rowOf.insert(QString::fromStdString(row.record.id), static_cast<int>(m_rowOf.size()));
  }
  m_found = std::move(found);
  endResetModel();
  Q_EMIT foundChanged();
}

void RunTableModel::setFound(FoundRuns found) {
  const int before = columnCount();
  const int after = kDuration + 1 + static_cast<int>(found.columns.size());
  if (after > before) {
    beginInsertColumns({}, before, after - 1);
  } else if (after < before) {
    beginRemoveColumns({}, after, before - 1);
  }
  m_found = std::move(found);
  if (after > before) {
    endInsertColumns();
  } else if (after < before) {
    endRemoveColumns();
  }
  if (!m_rows.empty()) {
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, after - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, after - 1);
  }
  Q_EMIT foundChanged();
}

bool RunTableModel::isFound(int index) const {
  const auto* found = row(index);
  return found != nullptr && place(*found) >= 0;
}

int RunTableModel::place(const RunRow& row) const {
  return m_found.places.value(QString::fromStdString(row.record.id), -1);
}

bool RunTableModel::isBaseline(const RunRow& row) const {
  return m_found.baselines.value(QString::fromStdString(row.record.experiment)) ==
         QString::fromStdString(row.record.id);
}

const runs::RunTableColumn* RunTableModel::formula(int column) const {
  const auto at = static_cast<std::size_t>(column - kDuration - 1);
  return column > kDuration && at < m_found.columns.size() ? &m_found.columns[at] : nullptr;
}

QString RunTableModel::formulaText(const RunRow& row, int column) const {
  const auto* found = formula(column);
  const int at = place(row);
  if (found == nullptr || at < 0 || found->values.isMissing(static_cast<std::size_t>(at))) {
    return QStringLiteral("–");
  }
  const auto& values = found->values;
  const auto cell = static_cast<std::size_t>(at);
  const bool isText = values.hasTexts() && values.codes[cell] >= 0;
  const bool isReal = !isText && values.type != query::ColumnType::Time &&
                      values.numbers[cell] != std::round(values.numbers[cell]);
  return isReal ? probabilityText(values.numbers[cell])
                : QString::fromStdString(runs::cellText(values, cell));
}

QVariant RunTableModel::formulaSortValue(const RunRow& row, int column) const {
  const auto* found = formula(column);
  const int at = place(row);
  if (found == nullptr || at < 0) {
    return {};
  }
  const auto& values = found->values;
  const auto cell = static_cast<std::size_t>(at);
  if (values.hasTexts() && values.codes[cell] >= 0) {
    return formulaText(row, column);
  }
  return values.hasNumbers() && !std::isnan(values.numbers[cell])
             ? QVariant(values.numbers[cell])
             : QVariant(-std::numeric_limits<double>::infinity());
}

double RunTableModel::delta(const RunRow& row, int column) const {
  if (isBaseline(row)) {
    return std::nan("");
  }
  if (const auto* found = formula(column)) {
    const int at = place(row);
    return at < 0 || found->deltas.empty() ? std::nan("")
                                           : found->deltas[static_cast<std::size_t>(at)];
  }
  const auto baseline = m_found.baselines.constFind(QString::fromStdString(row.record.experiment));
  if (baseline == m_found.baselines.cend()) {
    return std::nan("");
  }
  const auto* other = this->row(rowOf(*baseline));
  return other == nullptr ? std::nan("")
                          : metric(row, column).value_or(std::nan("")) -
                                metric(*other, column).value_or(std::nan(""));
}

QString RunTableModel::interval(const RunRow& row, int column) const {
  const auto* part = partOf(row);
  if (part == nullptr || !isMetric(column)) {
    return {};
  }
  const auto found = part->intervals.find(metricColumn(column).id);
  return found == part->intervals.end()
             ? QString()
             : QString("[%1, %2]")
                   .arg(probabilityText(found->second.low), probabilityText(found->second.high));
}

QVariant RunTableModel::toolTip(const RunRow& row, int column) const {
  // A note may hold anything, and tool tips take tags for markup.
  const QString plain = column == Status ? QString::fromStdString(row.record.message)
                        : column == Run  ? QString::fromStdString(row.record.note)
                        : std::isnan(delta(row, column)) ? QString()
                                                         : interval(row, column);
  if (plain.isEmpty()) {
    return {};
  }
  return Qt::mightBeRichText(plain) ? "<span>" + plain.toHtmlEscaped() + "</span>" : plain;
}

QString RunTableModel::expression(int column) const {
  static const QStringList kNames = {"created",         "status",          "experiment",
                                     "params.backbone", "params.channels", "params.split",
                                     "params.seed"};
  if (const auto* found = formula(column)) {
    return QString::fromStdString(found->title);
  }
  if (isMetric(column)) {
    const auto part = m_part == "validation" ? QString() : m_part + QLatin1Char('.');
    return "metrics." + part + metricColumn(column).id;
  }
  return column == kDuration ? QStringLiteral("seconds") : kNames.value(column);
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
  return m_rowOf.value(runId, -1);
}

int RunTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kDuration + 1 + static_cast<int>(m_found.columns.size());
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
      return (row.record.favourite ? QStringLiteral("★ ") : QString()) +
             QString::fromStdString(row.record.id) +
             (isBaseline(row) ? tr(" baseline") : QString());
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
  if (column > kDuration) {
    return formulaText(row, column);
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
  if (column > kDuration) {
    return formulaSortValue(row, column);
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
      return toolTip(*row, column);
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
      const double difference = delta(*row, column);
      const auto behind = std::isnan(difference) ? interval(*row, column) : deltaText(difference);
      return behind.isEmpty() ? QVariant() : QVariant(behind);
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
  if (const auto* found = formula(section)) {
    return QString::fromStdString(found->title);
  }
  return section == kDuration ? tr("Time") : QString(metricColumn(section).title);
}

}  // namespace twofold::ui
