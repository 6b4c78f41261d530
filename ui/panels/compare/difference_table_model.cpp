#include "ui/panels/compare/difference_table_model.h"

#include <cmath>

#include "core/comparison/comparison_words.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

using comparison::kSignificant;
using comparison::RunDifference;

QString idOf(const Comparison& comparison, std::size_t run) {
  return QString::fromStdString(comparison.shared.runs[run].id);
}

/// With the two runs filled in.
DifferenceRow rowOf(const Comparison& comparison, const RunDifference& difference) {
  DifferenceRow row;
  row.firstRun = idOf(comparison, difference.first);
  row.secondRun = idOf(comparison, difference.second);
  return row;
}

DifferenceRow metricRow(const Comparison& comparison, const RunDifference& difference,
                        const Descriptor& metric) {
  DifferenceRow row = rowOf(comparison, difference);
  const auto& own = difference.differences.at(metric.id);
  row.id = QString::fromStdString(metric.id);
  row.name = QString::fromStdString(metric.name);
  row.first = comparison.found.runs[difference.first].values.at(metric.id);
  row.second = comparison.found.runs[difference.second].values.at(metric.id);
  row.difference = own.value;
  row.interval = own.interval;
  row.p = own.p;
  row.holm = difference.holm.at(metric.id);
  row.isShown = comparison::isShown(difference, metric.id);
  const bool secondIsBetter = (own.value > 0) == metrics::higherIsBetter(metric.id);
  row.better = !row.isShown ? QString() : secondIsBetter ? row.secondRun : row.firstRun;
  return row;
}

DifferenceRow deLongRow(const Comparison& comparison, const RunDifference& difference) {
  DifferenceRow row = rowOf(comparison, difference);
  row.id = QStringLiteral("delong");
  row.name = DifferenceTableModel::tr("DeLong's test (AUROC)");
  row.first = difference.deLong.first;
  row.second = difference.deLong.second;
  row.difference = row.second - row.first;
  row.interval = difference.deLong.interval;
  row.p = difference.deLong.p;
  row.holm = difference.deLongHolm;
  row.isShown = row.holm < kSignificant;
  row.better = !row.isShown ? QString() : row.difference > 0 ? row.secondRun : row.firstRun;
  return row;
}

DifferenceRow mcNemarRow(const Comparison& comparison, const RunDifference& difference) {
  DifferenceRow row = rowOf(comparison, difference);
  row.id = QStringLiteral("mcnemar");
  row.name = DifferenceTableModel::tr("McNemar's test (pairs right by one alone)");
  row.isCount = true;
  const auto& test = difference.mcNemar;
  row.first = test ? static_cast<double>(test->onlyFirst) : std::nan("");
  row.second = test ? static_cast<double>(test->onlySecond) : std::nan("");
  row.difference = row.second - row.first;
  row.p = test ? test->p : std::nan("");
  row.holm = test ? difference.mcNemarHolm : std::nan("");
  row.isShown = row.holm < kSignificant;
  row.better = !row.isShown ? QString() : row.difference > 0 ? row.secondRun : row.firstRun;
  return row;
}

QString valueText(const DifferenceRow& row, double value) {
  return !row.isCount || std::isnan(value) ? probabilityText(value)
                                           : countText(std::llround(value));
}

QString differenceText(const DifferenceRow& row) {
  if (row.isCount && !std::isnan(row.difference)) {
    return (row.difference > 0 ? QStringLiteral("+") : QString()) +
           countText(std::llround(row.difference));
  }
  return row.interval ? QStringLiteral("%1 [%2, %3]")
                            .arg(deltaText(row.difference), deltaText(row.interval->low),
                                 deltaText(row.interval->high))
                      : QStringLiteral("–");
}

}  // namespace

std::vector<DifferenceRow> differenceRows(const Comparison& comparison) {
  std::vector<DifferenceRow> rows;
  const auto& differences = comparison.found.differences;
  for (const auto& metric : metrics::metricCatalog()) {
    for (const auto& difference : differences) {
      rows.push_back(metricRow(comparison, difference, metric));
    }
  }
  for (const auto& difference : differences) {
    rows.push_back(deLongRow(comparison, difference));
  }
  for (const auto& difference : differences) {
    rows.push_back(mcNemarRow(comparison, difference));
  }
  return rows;
}

void DifferenceTableModel::setComparison(const std::shared_ptr<const Comparison>& comparison) {
  beginResetModel();
  m_rows = comparison ? differenceRows(*comparison) : std::vector<DifferenceRow>();
  endResetModel();
}

int DifferenceTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DifferenceTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Count;
}

QString DifferenceTableModel::text(const DifferenceRow& row, int column) const {
  switch (column) {
    case Measure:
      return row.name;
    case Runs:
      return QStringLiteral("%1 → %2").arg(row.firstRun, row.secondRun);
    case First:
      return valueText(row, row.first);
    case Second:
      return valueText(row, row.second);
    case Difference:
      return differenceText(row);
    case P:
      return QString::fromStdString(comparison::pText(row.p));
    case Holm:
      return QString::fromStdString(comparison::pText(row.holm));
    default:
      return row.isShown         ? tr("%1 is better").arg(row.better)
             : std::isnan(row.p) ? tr("not measured")
                                 : tr("none shown");
  }
}

QVariant DifferenceTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const auto& row = m_rows[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return text(row, index.column());
    case Qt::TextAlignmentRole: {
      const bool isNumber = index.column() >= First && index.column() <= Holm;
      return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case Qt::ToolTipRole:
      return std::isnan(row.p) ? QVariant(tr("It needs a threshold, probabilities or more pairs of "
                                             "both classes than these runs share."))
                               : QVariant();
    default:
      return {};
  }
}

QVariant DifferenceTableModel::headerData(int section, Qt::Orientation orientation,
                                          int role) const {
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    const bool isNumber = section >= First && section <= Holm;
    return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  if (role != Qt::DisplayRole) {
    return {};
  }
  const QStringList titles = {
      tr("Measure"),          tr("Runs"), tr("First"),    tr("Second"),
      tr("Difference, 95 %"), tr("p"),    tr("p (Holm)"), tr("Difference shown?")};
  return titles.value(section);
}

}  // namespace twofold::ui
