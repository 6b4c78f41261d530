#include "ui/panels/errors/strata_model.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/comparison/comparison_words.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

constexpr double kSignificant = 0.05;

QString estimateText(const metrics::Estimate& estimate) {
  return estimate.interval
             ? intervalText(estimate.value, estimate.interval->low, estimate.interval->high)
             : probabilityText(estimate.value);
}

QString differenceText(const metrics::Estimate& difference) {
  return difference.interval
             ? QStringLiteral("%1 [%2, %3]")
                   .arg(deltaText(difference.value), deltaText(difference.interval->low),
                        deltaText(difference.interval->high))
             : deltaText(difference.value);
}

/// The first bin that differs from the rest, and how.
QString titleOf(const errors::Strata& strata) {
  const auto worst =
      std::max_element(strata.bins.begin(), strata.bins.end(), [](const auto& x, const auto& y) {
        const auto shown = [](const errors::Stratum& bin) {
          return bin.holm < kSignificant ? std::abs(bin.difference.value) : -1;
        };
        return shown(x) < shown(y);
      });
  if (worst == strata.bins.end() || !(worst->holm < kSignificant)) {
    return StrataModel::tr("No bin is shown to differ from the rest");
  }
  return (worst->difference.value > 0
              ? StrataModel::tr("%1: wrong more often than the rest, %2 against %3")
              : StrataModel::tr("%1: wrong less often than the rest, %2 against %3"))
      .arg(QString::fromStdString(worst->name), probabilityText(worst->errorRate.value),
           probabilityText(worst->errorRate.value - worst->difference.value));
}

}  // namespace

void StrataModel::setStrata(errors::Strata strata) {
  beginResetModel();
  m_strata = std::move(strata);
  endResetModel();
}

int StrataModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_strata.bins.size());
}

int StrataModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Count;
}

QVariant StrataModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const auto& bin = m_strata.bins[static_cast<std::size_t>(index.row())];
  if (role == Qt::TextAlignmentRole) {
    return int((index.column() == Bin ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  }
  if (role == Qt::ToolTipRole && index.column() >= Against && bin.pairs < errors::kFewestPairs) {
    return tr("Fewer than %1 pairs: no interval by resampling").arg(errors::kFewestPairs);
  }
  if (role != Qt::DisplayRole) {
    return {};
  }
  switch (index.column()) {
    case Bin:
      return QString::fromStdString(bin.name);
    case Pairs:
      return countText(bin.pairs);
    case ErrorRate:
      return estimateText(bin.errorRate);
    case Against:
      return differenceText(bin.difference);
    case P:
      return QString::fromStdString(comparison::pText(bin.holm));
    case Precision:
      return estimateText(bin.precision);
    case Recall:
      return estimateText(bin.recall);
    default:
      return estimateText(bin.mcc);
  }
}

QVariant StrataModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return int((section == Bin ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  }
  static const QStringList kTitles = {
      tr("Bin"),      tr("Pairs"),     tr("Error rate"), tr("Against the rest"),
      tr("p (Holm)"), tr("Precision"), tr("Recall"),     tr("MCC")};
  static const QStringList kHelp = {
      {},
      {},
      tr("With the wider of Wilson's interval and of the bootstrap over proteins, 95 %"),
      tr("Its error rate minus that of all other bins"),
      tr("The larger p of the bootstrap over proteins and of Fisher's test, corrected for the "
         "number of bins. Below 0.05 the bin differs."),
      {},
      {},
      {}};
  return role == Qt::DisplayRole   ? QVariant(kTitles.value(section))
         : role == Qt::ToolTipRole ? QVariant(kHelp.value(section))
                                   : QVariant();
}

PlotSpec strataPlot(const errors::Strata& strata) {
  PlotSpec spec;
  const auto bins = static_cast<double>(strata.bins.size());
  spec.title = titleOf(strata);
  qint64 pairs = 0;
  QStringList names;
  const PlotLine all{StrataModel::tr("all, %1").arg(probabilityText(strata.errorRate)),
                     {-0.5, bins - 0.5},
                     {strata.errorRate, strata.errorRate},
                     kMutedLine,
                     true};
  spec.lines.append(all);
  for (std::size_t i = 0; i < strata.bins.size(); ++i) {
    const auto& bin = strata.bins[i];
    const auto x = static_cast<double>(i);
    pairs += bin.pairs;
    if (bin.errorRate.interval) {
      spec.lines.append(
          PlotLine{{}, {x, x}, {bin.errorRate.interval->low, bin.errorRate.interval->high}});
    }
    spec.marks.append({x, bin.errorRate.value, {}, 0, true});
    names << QString::fromStdString(bin.name);
  }
  spec.note = StrataModel::tr("n = %1 pairs; lines are 95 % intervals, dashed is the rate of all")
                  .arg(countText(pairs));
  spec.x = {QString::fromStdString(strata.title), std::pair{-0.5, bins - 0.5}, true, names};
  spec.y = {StrataModel::tr("Error rate"), {}, false};
  return spec;
}

}  // namespace twofold::ui
