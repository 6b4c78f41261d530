// Which widgets a screen reader would come to without a word for them.
#pragma once

#include <QAbstractButton>
#include <QLabel>
#include <QStringList>
#include <QWidget>

namespace twofold::ui {

/// Class and object name of what is in sight and takes the keyboard focus but has no accessible
/// name, no text of its own and no label as its buddy.
inline QStringList namelessWidgets(const QWidget& panel) {
  QList<const QWidget*> named;
  for (const auto* label : panel.findChildren<QLabel*>()) {
    named << label->buddy();
  }
  QStringList nameless;
  for (const auto* widget : panel.findChildren<QWidget*>()) {
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    const bool reached = widget->isVisibleTo(&panel) && (widget->focusPolicy() & Qt::TabFocus) != 0;
    const bool inside = widget->objectName().startsWith("qt_");  // parts of Qt's own widgets
    if (reached && !inside && widget->accessibleName().isEmpty() && !named.contains(widget) &&
        (button == nullptr || button->text().isEmpty())) {
      nameless << QString("%1 %2").arg(widget->metaObject()->className(), widget->objectName());
    }
  }
  return nameless;
}

}  // namespace twofold::ui
