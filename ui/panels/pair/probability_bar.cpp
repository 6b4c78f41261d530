#include "ui/panels/pair/probability_bar.h"

#include <QPainter>
#include <cmath>
#include <limits>

#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
}

ProbabilityBar::ProbabilityBar(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_value(kNothing), m_alternative(kNothing) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ProbabilityBar::setValue(double probability, double threshold) {
  m_value = probability;
  m_threshold = threshold;
  m_alternative = kNothing;
  setAccessibleName(std::isnan(probability)
                        ? tr("No probability")
                        : tr("Probability %1, threshold %2")
                              .arg(probabilityText(probability), probabilityText(threshold)));
  update();
}

void ProbabilityBar::setAlternative(double probability) {
  m_alternative = probability;
  update();
}

void ProbabilityBar::setColor(const QColor& color) {
  m_color = color;
  update();
}

QSize ProbabilityBar::sizeHint() const {
  return {160, 18};
}

void ProbabilityBar::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF track = QRectF(rect()).adjusted(0.5, 4.5, -0.5, -4.5);
  const auto& colors = m_theme.colors();
  painter.setPen(QPen(colors.border, 1));
  painter.setBrush(colors.sunken);
  painter.drawRoundedRect(track, 2, 2);
  const auto x = [&](double value) { return track.left() + value * track.width(); };
  painter.setPen(Qt::NoPen);
  if (!std::isnan(m_value)) {
    painter.setBrush(m_color.isValid() ? m_color : colors.muted);
    painter.drawRoundedRect(QRectF(track.topLeft(), QPointF(x(m_value), track.bottom())), 2, 2);
  }
  if (!std::isnan(m_alternative) && !std::isnan(m_value)) {
    painter.setPen(QPen(colors.text, 2));
    painter.drawLine(QPointF(x(m_alternative), track.top()),
                     QPointF(x(m_alternative), track.bottom()));
  }
  if (!std::isnan(m_value)) {
    painter.setPen(QPen(colors.text, 1));
    painter.drawLine(QPointF(x(m_threshold), rect().top() + 1),
                     QPointF(x(m_threshold), rect().bottom()));
  }
}

}  // namespace twofold::ui
