// The chart of how many pairs the proteins of each part have.
#pragma once

#include "core/formats/bounded_json.h"
#include "ui/plots/plot_spec.h"

namespace twofold::ui {

/// `split` as the worker's `split` reports it: {"split", "parts": {"train": {"degrees": …}, …}}.
/// Shares of each part's proteins by powers of two of their pairs. Throws on another shape.
[[nodiscard]] PlotSpec degreePlot(const formats::Json& split);

}  // namespace twofold::ui
