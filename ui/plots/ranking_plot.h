// ROC and precision-recall charts of one run on one part.
#pragma once

#include <QString>
#include <span>
#include <vector>

#include "core/metrics/confusion.h"
#include "core/metrics/ranking.h"
#include "ui/plots/plot_spec.h"

namespace twofold::ui {

/// Everything both charts show; made off the GUI thread.
struct RankingCurves {
  std::vector<metrics::CurvePoint> roc;
  std::vector<metrics::CurvePoint> precisionRecall;
  double auroc = 0;  // NaN with one class only
  double auprc = 0;
  std::int64_t n = 0;
  std::int64_t positives = 0;
  double threshold = 0.5;
  metrics::Confusion confusion;  // at the threshold

  [[nodiscard]] double positiveRate() const;
};

/// `labels` are 0 or 1 and as many as `scores`.
[[nodiscard]] RankingCurves rankingCurves(std::span<const float> scores,
                                          std::span<const std::int8_t> labels, double threshold);

/// Points that lie apart on screen, first and last always; for drawing only.
[[nodiscard]] std::vector<metrics::CurvePoint> thinned(std::span<const metrics::CurvePoint> points,
                                                       double apart);

/// One of several runs on the same pairs.
struct NamedCurves {
  QString name;
  RankingCurves curves;
};

/// With the diagonal of a random ranking and the operating point.
[[nodiscard]] PlotSpec rocPlot(const RankingCurves& curves);
/// With the rate of positives as base line and the operating point.
[[nodiscard]] PlotSpec precisionRecallPlot(const RankingCurves& curves);

/// The same of several runs over each other, each in a colour of its own with its area in the
/// legend; from the ninth on colours come again, dashed. `runs` is not empty.
[[nodiscard]] PlotSpec rocPlot(const std::vector<NamedCurves>& runs);
[[nodiscard]] PlotSpec precisionRecallPlot(const std::vector<NamedCurves>& runs);

}  // namespace twofold::ui
