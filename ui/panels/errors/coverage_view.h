// Selective prediction: how accuracy grows when the least sure pairs are left uncalled.
#pragma once

#include <QLabel>
#include <QSlider>
#include <QWidget>

#include "core/metrics/selective.h"
#include "ui/plots/plot_view.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class CoverageView : public QWidget {
  Q_OBJECT
 public:
  explicit CoverageView(const Theme& theme, QWidget* parent = nullptr);

  void setCurve(metrics::SelectiveCurve curve, qint64 pairs);
  [[nodiscard]] const metrics::SelectiveCurve& curve() const { return m_curve; }
  [[nodiscard]] qint64 pairs() const { return m_pairs; }

 private:
  void showReadout();

  metrics::SelectiveCurve m_curve;
  qint64 m_pairs = 0;
  PlotSpec m_spec;
  QSlider* m_slider;
  QLabel* m_readout;
  PlotView* m_plot;
};

/// The curve, thinned for drawing, and the accuracy of calling everything.
[[nodiscard]] PlotSpec coveragePlot(const metrics::SelectiveCurve& curve, qint64 pairs);

}  // namespace twofold::ui
