// Differences between runs with their intervals, a row a comparison, beside the line of none.
#pragma once

#include <string>

#include "core/comparison/run_comparison.h"
#include "ui/plots/plot_spec.h"

namespace twofold::ui {

/// By one metric, in the order of `found.differences` from the top. A difference that is shown
/// (comparison::isShown) stands in colour, any other in grey; each has its number and corrected p
/// beside it. A comparison that cannot be made has a row without a mark.
[[nodiscard]] PlotSpec forestPlot(const comparison::SharedScores& shared,
                                  const comparison::RunComparison& found,
                                  const std::string& metric);

}  // namespace twofold::ui
