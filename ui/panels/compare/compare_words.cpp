#include "ui/panels/compare/compare_words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "core/comparison/comparison_words.h"
#include "ui/panels/compare/difference_table_model.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

using comparison::SharedScores;

QString text(const char* source) {
  return QCoreApplication::translate("CompareWords", source);
}

QString idsWhere(const SharedScores& shared, bool (*holds)(const comparison::RunScores&)) {
  QStringList ids;
  for (const auto& run : shared.runs) {
    if (holds(run)) {
      ids << QString::fromStdString(run.id);
    }
  }
  return ids.join(QStringLiteral(", "));
}

QString paragraph(const QString& words, const char* style = "margin:0 0 4px 0") {
  return QStringLiteral("<p style=\"%1\">%2</p>").arg(QLatin1String(style), words);
}

QString sentences(const Comparison& comparison, const std::string& metric, bool shown) {
  QString html;
  for (const auto& difference : comparison.found.differences) {
    if (comparison::isShown(difference, metric) == shown) {
      const auto words =
          QString::fromStdString(comparison::differenceWords(comparison.shared, difference, metric))
              .toHtmlEscaped();
      html += paragraph(shown ? QStringLiteral("<b>%1</b>").arg(words) : words);
    }
  }
  return html;
}

QString exact(double value) {
  return std::isfinite(value) ? QString::number(value, 'g', 17) : QString();
}

}  // namespace

QString sharedPairsWords(const SharedScores& shared) {
  const auto n = static_cast<qint64>(shared.labels.size());
  const auto positives = std::ranges::count(shared.labels, std::int8_t{1});
  QStringList left;
  for (const auto& run : shared.runs) {
    if (run.pairs > n) {
      left << text("%1 of %2").arg(countText(run.pairs - n), QString::fromStdString(run.id));
    }
  }
  const auto words = text("%1 %2 pairs that %3 have, %4 of them positive.")
                         .arg(countText(n), QString::fromStdString(shared.part),
                              shared.runs.size() == 2 ? text("both runs")
                                                      : text("all %1 runs").arg(shared.runs.size()),
                              countText(positives));
  return left.isEmpty() ? words + text(" None is left out.")
                        : words + text(" Left out: %1.").arg(left.join(QStringLiteral(", ")));
}

QStringList caveats(const SharedScores& shared) {
  QStringList list;
  const auto without =
      idsWhere(shared, [](const comparison::RunScores& run) { return std::isnan(run.threshold); });
  if (!without.isEmpty()) {
    list << text(
                "Without a threshold: %1. Accuracy, precision, recall, F1, MCC, McNemar's test and "
                "the disagreeing pairs need one; importing validation scores too gives one.")
                .arg(without);
  }
  const auto ranks =
      idsWhere(shared, [](const comparison::RunScores& run) { return !run.areProbabilities; });
  if (!ranks.isEmpty()) {
    list << text(
                "Scores that only order pairs: %1. Brier score, calibration error and log loss "
                "need probabilities.")
                .arg(ranks);
  }
  return list;
}

QString comparisonHtml(const Comparison& comparison, const std::string& metric) {
  auto html = sentences(comparison, metric, true) + sentences(comparison, metric, false);
  for (std::size_t i = 0; i < comparison.shared.runs.size(); ++i) {
    const auto& run = comparison.shared.runs[i];
    html += paragraph(QStringLiteral("<b>%1</b> %2 · %3")
                          .arg(QString::fromStdString(run.id).toHtmlEscaped(),
                               probabilityText(comparison.found.runs[i].values.at(metric)),
                               QString::fromStdString(run.summary).toHtmlEscaped()),
                      i == 0 ? "margin:8px 0 2px 0" : "margin:0 0 2px 0");
  }
  for (const auto& caveat : caveats(comparison.shared)) {
    html += paragraph(caveat.toHtmlEscaped(), "margin:8px 0 0 0");
  }
  return html;
}

QString comparisonTsv(const Comparison& comparison) {
  QString table = QStringLiteral(
      "measure\tfirst\tsecond\tfirst_value\tsecond_value\tdifference\tlow\thigh\tp\tp_"
      "holm\tshown\n");
  for (const auto& row : differenceRows(comparison)) {
    const QStringList cells = {row.id,
                               row.firstRun,
                               row.secondRun,
                               exact(row.first),
                               exact(row.second),
                               exact(row.difference),
                               exact(row.interval ? row.interval->low : std::nan("")),
                               exact(row.interval ? row.interval->high : std::nan("")),
                               exact(row.p),
                               exact(row.holm),
                               row.isShown ? QStringLiteral("yes") : QStringLiteral("no")};
    table += cells.join('\t') + '\n';
  }
  return table;
}

}  // namespace twofold::ui
