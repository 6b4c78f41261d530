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

QString thresholdText(const RankingCurves& curves) {
  return text("threshold %1").arg(probabilityText(curves.threshold));
}

constexpr std::pair<double, double> kUnit{-0.02, 1.02};

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
  spec.lines = {lineOf(text("This run"), curves.roc),
                baseline(text("Random ranking, 0.500"), 0, 1)};
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
  spec.lines = {lineOf(text("This run"), curves.precisionRecall),
                baseline(text("Rate of positives, %1").arg(probabilityText(rate)), rate, rate)};
  if (!std::isnan(curves.confusion.precision()) && !std::isnan(curves.confusion.recall())) {
    spec.marks.append({curves.confusion.recall(), curves.confusion.precision(),
                       thresholdText(curves), kCurve, true});
  }
  return spec;
}

}  // namespace twofold::ui
