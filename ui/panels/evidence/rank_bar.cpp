#include "ui/panels/evidence/rank_bar.h"

#include <QPainter>

namespace twofold::ui {

RankBar::RankBar(const Theme& theme, const QColor& color, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_color(color) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void RankBar::setShare(std::optional<double> share) {
  m_share = share;
  setAccessibleName(
      share
          ? tr("Better studied than %1 % of the others").arg(QString::number(100 * *share, 'f', 0))
          : tr("No rank"));
  update();
}

QSize RankBar::sizeHint() const {
  return {160, 18};
}

void RankBar::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF track = QRectF(rect()).adjusted(0.5, 4.5, -0.5, -4.5);
  const auto& colors = m_theme.colors();
  painter.setPen(QPen(colors.border, 1));
  painter.setBrush(colors.sunken);
  painter.drawRoundedRect(track, 2, 2);
  if (m_share) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_color);
    QRectF filled = track;
    filled.setWidth(track.width() * *m_share);
    painter.drawRoundedRect(filled, 2, 2);
  }
  painter.setPen(QPen(colors.text, 1));  // the one in the middle
  painter.drawLine(QPointF(track.center().x(), rect().top() + 1),
                   QPointF(track.center().x(), rect().bottom()));
}

}  // namespace twofold::ui
