#include "ui/plots/forest_plot.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/comparison/comparison_words.h"
#include "ui/plots/curve_plot.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {
namespace {

using comparison::RunDifference;
using comparison::SharedScores;

constexpr int kShown = 0;

QString text(const char* source) {
  return QCoreApplication::translate("ForestPlot", source);
}

QString rowName(const SharedScores& shared, const RunDifference& difference) {
  return QStringLiteral("%1 → %2").arg(QString::fromStdString(shared.runs[difference.first].id),
                                       QString::fromStdString(shared.runs[difference.second].id));
}

QString markText(const RunDifference& difference, const std::string& metric) {
  return text("%1, p %2")
      .arg(deltaText(difference.differences.at(metric).value),
           QString::fromStdString(comparison::pText(difference.holm.at(metric))));
}

QString titleOf(const comparison::RunComparison& found, const std::string& metric) {
  const auto shown = std::ranges::count_if(
      found.differences, [&](const RunDifference& d) { return comparison::isShown(d, metric); });
  const QString name = metricName(QString::fromStdString(metric));
  const auto all = static_cast<qint64>(found.differences.size());
  if (all == 1) {
    return (shown == 1 ? text("The runs differ by %1") : text("No difference is shown by %1"))
        .arg(name);
  }
  return text("%1 of %2 comparisons show a difference by %3")
      .arg(countText(shown), countText(all), name);
}

}  // namespace

PlotSpec forestPlot(const SharedScores& shared, const comparison::RunComparison& found,
                    const std::string& metric) {
  PlotSpec spec;
  const QString name = metricName(QString::fromStdString(metric));
  const auto rows = static_cast<double>(found.differences.size());
  spec.title = titleOf(found, metric);
  spec.note = text(
                  "n = %1 pairs; second minus first, 95 % interval over proteins, p after Holm's "
                  "correction")
                  .arg(countText(static_cast<qint64>(shared.labels.size())));
  spec.x.label =
      (metrics::higherIsBetter(metric) ? text("Difference of %1; right: second is better")
                                       : text("Difference of %1; left: second is better"))
          .arg(name);
  spec.y.range = std::pair(-0.8, rows - 0.2);
  spec.lines.append(
      {text("No difference"), {0, 0}, {-0.8, rows - 0.2}, kMutedLine, true, false, false});
  double row = rows;
  for (const RunDifference& difference : found.differences) {
    row -= 1;
    spec.y.names.prepend(rowName(shared, difference));
    const auto& own = difference.differences.at(metric);
    if (!own.interval) {
      continue;
    }
    const int color = comparison::isShown(difference, metric) ? kShown : kMutedLine;
    spec.lines.append({rowName(shared, difference),
                       {own.interval->low, own.value, own.interval->high},
                       {row, row, row},
                       color,
                       false,
                       false,
                       false});
    spec.marks.append({own.value, row, markText(difference, metric), color, true});
  }
  return spec;
}

}  // namespace twofold::ui
