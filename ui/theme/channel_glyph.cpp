#include "ui/theme/channel_glyph.h"

#include <QPainter>
#include <QPixmap>
#include <QPolygonF>

#include "ui/theme/tokens.h"

namespace twofold::ui {

namespace {

void paintShape(QPainter& painter, const QString& channelId) {
  if (channelId == "sequence") {
    painter.drawRoundedRect(QRectF(2, 12, 28, 8), 4, 4);
  } else if (channelId == "calpha") {
    painter.drawPolygon(QPolygonF({{16, 4}, {29, 27}, {3, 27}}));
  } else if (channelId == "neighbours") {
    painter.drawEllipse(QRectF(4, 4, 24, 24));
  } else if (channelId == "annotation") {
    painter.drawPolygon(QPolygonF({{16, 2}, {30, 16}, {16, 30}, {2, 16}}));
  } else if (channelId.startsWith("user:")) {
    painter.drawPolygon(QPolygonF({{9, 4}, {23, 4}, {30, 16}, {23, 28}, {9, 28}, {2, 16}}));
  } else {
    painter.drawRect(QRectF(5, 5, 22, 22));
  }
}

}  // namespace

QIcon channelGlyph(const QString& channelId) {
  QPixmap pixmap(32, 32);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(channelColor(channelId));
  paintShape(painter, channelId);
  return QIcon(pixmap);
}

}  // namespace twofold::ui
