#include "ui/plots/ranking_plot.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/theme/number_text.h"

namespace twofold::ui {
namespace {

constexpr double kApart = 1.0 / 1500;  // of an axis; below a pixel
constexpr int kCurve = 0;

QString text(const char* source) {
  return QCoreApplication::translate("RankingPlot", source);
}

PlotLine lineOf(const QString& name, std::span<const metrics::CurvePoint> points) {
  PlotLine line;
  line.name = name;
  line.color = kCurve;
  for (const metrics::CurvePoint& point : thinned(points, kApart)) {
    line.x.append(point.x);
    line.y.append(point.y);
  }
  if (line.x.size() > 1 && line.x.first() > line.x.last()) {  // ascending for the plot
    std::ranges::reverse(line.x);
    std::ranges::reverse(line.y);
  }
  return line;
}

PlotLine baseline(const QString& name, double fromY, double toY) {
  PlotLine line;
  line.name = name;
  line.x = {0, 1};
  line.y = {fromY, toY};
  line.color = kMutedLine;
  line.dashed = true;
  return line;
}

QString countsNote(const RankingCurves& curves) {
  return text("n = %1 pairs, %2 positive").arg(countText(curves.n), countText(curves.positives));
}

constexpr std::pair<double, double> kUnit{-0.02, 1.02};

QString thresholdText(const RankingCurves& curves) {
  return text("threshold %1").arg(probabilityText(curves.threshold));
}

PlotLine randomRanking() {
  return baseline(text("Random ranking, 0.500"), 0, 1);
}

PlotLine rateOfPositives(double rate) {
  return baseline(text("Rate of positives, %1").arg(probabilityText(rate)), rate, rate);
}

/// One line a run, with `area` of it in its name.
QList<PlotLine> overlaid(const std::vector<NamedCurves>& runs, double RankingCurves::*area,
                         std::vector<metrics::CurvePoint> RankingCurves::*curve) {
  constexpr int kColors = 8;
  QList<PlotLine> lines;
  for (int i = 0; i < static_cast<int>(runs.size()); ++i) {
    const auto& run = runs[static_cast<std::size_t>(i)];
    PlotLine line =
        lineOf(QStringLiteral("%1  %2").arg(run.name, probabilityText(run.curves.*area)),
               run.curves.*curve);
    line.color = i % kColors;
    line.dashed = i >= kColors;
    lines.append(line);
  }
  return lines;
}

/// The name of the run with the largest `area`; empty where none has one.
QString largest(const std::vector<NamedCurves>& runs, double RankingCurves::*area) {
  QString name;
  double best = -1;
  for (const NamedCurves& run : runs) {
    if (run.curves.*area > best) {  // false for NaN
      best = run.curves.*area;
      name = run.name;
    }
  }
  return name;
}

}  // namespace

double RankingCurves::positiveRate() const {
  return n > 0 ? static_cast<double>(positives) / static_cast<double>(n) : std::nan("");
}

RankingCurves rankingCurves(std::span<const float> scores, std::span<const std::int8_t> labels,
                            double threshold) {
  RankingCurves curves;
  curves.n = static_cast<std::int64_t>(labels.size());
  curves.positives = std::ranges::count(labels, std::int8_t{1});
  curves.threshold = threshold;
  if (!std::isnan(threshold)) {  // imported ranks have none
    curves.confusion = metrics::confusionAt(scores, labels, threshold);
  }
  curves.auroc = metrics::auroc(scores, labels);
  curves.auprc = metrics::auprc(scores, labels);
  if (curves.positives > 0 && curves.positives < curves.n) {
    curves.roc = metrics::rocCurve(scores, labels);
    curves.precisionRecall = metrics::precisionRecallCurve(scores, labels);
  }
  return curves;
}

std::vector<metrics::CurvePoint> thinned(std::span<const metrics::CurvePoint> points,
                                         double apart) {
  std::vector<metrics::CurvePoint> kept;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool far =
        kept.empty() ||
        std::abs(points[i].x - kept.back().x) + std::abs(points[i].y - kept.back().y) >= apart;
    if (far || i + 1 == points.size()) {
      kept.push_back(points[i]);
    }
  }
  return kept;
}

PlotSpec rocPlot(const RankingCurves& curves) {
  PlotSpec spec;
  spec.title = text("ROC: area under the curve %1").arg(probabilityText(curves.auroc));
  spec.note = countsNote(curves);
  spec.x = {text("False positive rate"), kUnit, false};
  spec.y = {text("True positive rate"), kUnit, false};
  spec.lines = {lineOf(text("This run"), curves.roc), randomRanking()};
  const metrics::Confusion& at = curves.confusion;
  const double negatives = at.falsePositives + at.trueNegatives;
  if (negatives > 0 && !std::isnan(at.recall())) {
    spec.marks.append({at.falsePositives / negatives, at.recall(), thresholdText(curves), kCurve});
  }
  return spec;
}

PlotSpec precisionRecallPlot(const RankingCurves& curves) {
  PlotSpec spec;
  spec.title = text("Precision–recall: average precision %1, base rate %2")
                   .arg(probabilityText(curves.auprc), probabilityText(curves.positiveRate()));
  spec.note = countsNote(curves);
  spec.x = {text("Recall"), kUnit, false};
  spec.y = {text("Precision"), kUnit, false};
  const double rate = curves.positiveRate();
  spec.lines = {lineOf(text("This run"), curves.precisionRecall), rateOfPositives(rate)};
  if (!std::isnan(curves.confusion.precision()) && !std::isnan(curves.confusion.recall())) {
    spec.marks.append({curves.confusion.recall(), curves.confusion.precision(),
                       thresholdText(curves), kCurve, true});
  }
  return spec;
}

PlotSpec rocPlot(const std::vector<NamedCurves>& runs) {
  PlotSpec spec;
  const QString best = largest(runs, &RankingCurves::auroc);
  spec.title = best.isEmpty() ? text("ROC: one class alone has no curve")
                              : text("ROC: the area is largest for %1").arg(best);
  spec.note = countsNote(runs.front().curves);
  spec.x = {text("False positive rate"), kUnit, false};
  spec.y = {text("True positive rate"), kUnit, false};
  spec.lines = overlaid(runs, &RankingCurves::auroc, &RankingCurves::roc);
  spec.lines.append(randomRanking());
  return spec;
}

PlotSpec precisionRecallPlot(const std::vector<NamedCurves>& runs) {
  PlotSpec spec;
  const QString best = largest(runs, &RankingCurves::auprc);
  spec.title = best.isEmpty()
                   ? text("Precision–recall: one class alone has no curve")
                   : text("Precision–recall: the average precision is highest for %1").arg(best);
  spec.note = countsNote(runs.front().curves);
  spec.x = {text("Recall"), kUnit, false};
  spec.y = {text("Precision"), kUnit, false};
  spec.lines = overlaid(runs, &RankingCurves::auprc, &RankingCurves::precisionRecall);
  spec.lines.append(rateOfPositives(runs.front().curves.positiveRate()));
  return spec;
}

}  // namespace twofold::ui
