// A probability as one bar with a tick at the threshold.
#pragma once

#include <QWidget>

#include "ui/theme/theme.h"

namespace twofold::ui {

class ProbabilityBar : public QWidget {
  Q_OBJECT
 public:
  explicit ProbabilityBar(const Theme& theme, QWidget* parent = nullptr);

  /// NaN shows an empty bar.
  void setValue(double probability, double threshold);
  /// A second value drawn as the change from the first: what a switch would do.
  void setAlternative(double probability);
  void setColor(const QColor& color);

  [[nodiscard]] QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& m_theme;
  double m_value;
  double m_threshold = 0.5;
  double m_alternative;
  QColor m_color;
};

}  // namespace twofold::ui
