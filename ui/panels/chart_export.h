// "Export chart": a chart as PNG, with what is drawn as CSV beside it.
#pragma once

#include <QPushButton>
#include <QString>

#include "ui/plots/plot_view.h"
#include "ui/session/session.h"

namespace twofold::ui {

[[nodiscard]] QPushButton* exportButton(QWidget* parent, const char* name);

/// Asks for a file, `name` offered; the end is a message of the session.
void exportChart(Session& session, PlotView& plot, const QString& name);

}  // namespace twofold::ui
