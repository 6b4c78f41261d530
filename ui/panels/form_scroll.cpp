#include "ui/panels/form_scroll.h"

#include <QEvent>
#include <QScrollBar>

namespace twofold::ui {

FormScroll::FormScroll(QWidget* form, QWidget* parent) : QScrollArea(parent) {
  setWidgetResizable(true);
  setFocusPolicy(Qt::NoFocus);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setWidget(form);
}

QSize FormScroll::minimumSizeHint() const {
  QSize least = QScrollArea::minimumSizeHint();
  if (widget() != nullptr) {
    least.setWidth(widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width());
  }
  return least;
}

bool FormScroll::eventFilter(QObject* watched, QEvent* event) {
  if (watched == widget() && event->type() == QEvent::LayoutRequest) {
    updateGeometry();
  }
  return QScrollArea::eventFilter(watched, event);
}

}  // namespace twofold::ui
