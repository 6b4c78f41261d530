// Draws a PlotSpec in the theme's colours. The .cpp is the only user of QCustomPlot.
#pragma once

#include <QWidget>
#include <memory>

#include "ui/plots/plot_spec.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// GUI thread. Drag moves, the wheel zooms, a double click shows everything again; the pointer
/// shows the nearest point's values.
class PlotView : public QWidget {
  Q_OBJECT
 public:
  explicit PlotView(const Theme& theme, QWidget* parent = nullptr);
  ~PlotView() override;

  /// Keeps a range that the user chose while the title stays about the same axes.
  void setSpec(const PlotSpec& spec);
  [[nodiscard]] const PlotSpec& spec() const;
  /// Shows all data.
  void resetRange();

  /// The chart without title and note, at `scale` pixels for each of the screen's.
  [[nodiscard]] QImage image(double scale = 1) const;
  /// Writes FILE.png and, beside it, FILE.csv with what is drawn. A sentence when that fails,
  /// else empty.
  [[nodiscard]] QString exportTo(const QString& pngFile) const;

 private:
  void placeLegend();
  void draw();
  void drawMark(const PlotMark& mark);
  void applyTheme();
  void hover(QMouseEvent* event);

  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace twofold::ui
