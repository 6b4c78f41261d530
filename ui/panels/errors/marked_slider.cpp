#include "ui/panels/errors/marked_slider.h"

#include <QPainter>
#include <QStyle>

namespace twofold::ui {

namespace {
constexpr int kHandle = 14;  // as the style sheet's handle with its border
constexpr int kTick = 5;
}  // namespace

MarkedSlider::MarkedSlider(QWidget* parent) : QSlider(Qt::Horizontal, parent) {
  setMinimumHeight(24);  // room for the mark below the handle
}

void MarkedSlider::setMark(std::optional<int> value) {
  m_mark = value;
  update();
}

void MarkedSlider::paintEvent(QPaintEvent* event) {
  QSlider::paintEvent(event);
  if (!m_mark) {
    return;
  }
  const int x = QStyle::sliderPositionFromValue(minimum(), maximum(), *m_mark, width() - kHandle) +
                kHandle / 2;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(palette().color(QPalette::WindowText));
  painter.drawPolygon(QPolygon({{x, height() - kTick}, {x - 4, height()}, {x + 4, height()}}));
}

}  // namespace twofold::ui
