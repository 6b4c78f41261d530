// The chart of one metric over the epochs of a run.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "core/store/run_repository.h"
#include "ui/plots/plot_spec.h"

namespace twofold::ui {

/// Metric ids that have a series, in the catalog's order, "loss" first.
[[nodiscard]] QStringList curveMetrics(const std::vector<store::MetricSeries>& series);

/// "AUPRC" for "auprc".
[[nodiscard]] QString metricName(const QString& metric);

/// Raw values of every part by epoch, with the best validation epoch marked. NaN is a gap.
[[nodiscard]] PlotSpec curvePlot(const std::vector<store::MetricSeries>& series,
                                 const QString& metric);

}  // namespace twofold::ui
