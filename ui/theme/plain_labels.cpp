#include "ui/theme/plain_labels.h"

#include <QEvent>
#include <QLabel>

namespace twofold::ui {

bool PlainLabels::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Polish) {
    auto* label = qobject_cast<QLabel*>(watched);
    if (label != nullptr && label->textFormat() == Qt::AutoText) {
      label->setTextFormat(Qt::PlainText);
    }
  }
  return QObject::eventFilter(watched, event);
}

}  // namespace twofold::ui
