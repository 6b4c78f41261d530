#include "ui/panels/benchmarks/benchmark_table_model.h"

#include <limits>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

const char* metricOf(int column) {
  switch (column) {
    case BenchmarkTableModel::Accuracy:
      return "accuracy";
    case BenchmarkTableModel::F1:
      return "f1";
    case BenchmarkTableModel::Mcc:
      return "mcc";
    case BenchmarkTableModel::Auroc:
      return "auroc";
    default:
      return "auprc";
  }
}

/// "published [2]", "yours on validation, 3 seeds".
QString fromWords(const BenchmarkLine& line) {
  if (line.isPublished) {
    return BenchmarkTableModel::tr("published [%1]").arg(line.sourceNumber);
  }
  const QString words = BenchmarkTableModel::tr("yours on %1").arg(line.part);
  return line.runs.size() < 2
             ? words
             : BenchmarkTableModel::tr("%1, %2 seeds").arg(words).arg(line.runs.size());
}

QString number(const BenchmarkLine& line, int column) {
  const auto found = line.numbers.find(QLatin1String(metricOf(column)));
  return found == line.numbers.end() ? probabilityText(std::numeric_limits<double>::quiet_NaN())
                                     : numberWords(*found);
}

}  // namespace

BenchmarkTableModel::BenchmarkTableModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), m_theme(theme) {
  connect(&theme, &Theme::changed, this, [this] {
    if (rowCount() > 0) {
      Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Count - 1), {Qt::ForegroundRole});
    }
  });
}

void BenchmarkTableModel::setTable(std::optional<BenchmarkTable> table) {
  beginResetModel();
  m_table = std::move(table);
  endResetModel();
}

const BenchmarkLine& BenchmarkTableModel::line(int row) const {
  return m_table->lines[static_cast<std::size_t>(row)];
}

int BenchmarkTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !m_table ? 0 : static_cast<int>(m_table->lines.size());
}

int BenchmarkTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Count;
}

QVariant BenchmarkTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const auto& shown = line(index.row());
  switch (role) {
    case Qt::ForegroundRole:
      return shown.isPublished ? QVariant(m_theme.colors().muted) : QVariant();
    case Qt::TextAlignmentRole:
      return int((index.column() <= From ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::ToolTipRole:
      if (index.column() > From) {
        return {};
      }
      return shown.isPublished
                 ? QString(shown.model + '\n' + shown.source)
                 : tr("%1\nruns %2").arg(shown.model, shown.runs.join(QStringLiteral(", ")));
    case Qt::DisplayRole:
      break;
    default:
      return {};
  }
  switch (index.column()) {
    case Set:
      return shown.set;
    case Model:
      return shown.model;
    case From:
      return fromWords(shown);
    default:
      return number(shown, index.column());
  }
}

QVariant BenchmarkTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  static const QStringList kTitles = {tr("Set"),   tr("Model"), tr("From"), tr("Accuracy"),
                                      tr("AUPRC"), tr("AUROC"), tr("F1"),   tr("MCC")};
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return int((section <= From ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  }
  return role == Qt::DisplayRole ? QVariant(kTitles.value(section)) : QVariant();
}

}  // namespace twofold::ui
