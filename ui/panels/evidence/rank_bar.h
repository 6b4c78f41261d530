// A protein's place among the others as one bar: filled to the share that it stands above.
#pragma once

#include <QWidget>
#include <optional>

#include "ui/theme/theme.h"

namespace twofold::ui {

class RankBar : public QWidget {
  Q_OBJECT
 public:
  RankBar(const Theme& theme, const QColor& color, QWidget* parent = nullptr);

  /// 0 to 1; none leaves the bar empty.
  void setShare(std::optional<double> share);

  [[nodiscard]] QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& m_theme;
  QColor m_color;
  std::optional<double> m_share;
};

}  // namespace twofold::ui
