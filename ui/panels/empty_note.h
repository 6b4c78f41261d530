// What a panel shows while it has nothing: what would be here, and the one action that fills it.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include "ui/theme/theme.h"

namespace twofold::ui {

class EmptyNote : public QWidget {
  Q_OBJECT
 public:
  explicit EmptyNote(const Theme& theme, QWidget* parent = nullptr);

  /// No button without an action.
  void say(const QString& text, const QString& action = {});
  [[nodiscard]] QString text() const { return m_text->text(); }

 Q_SIGNALS:
  void actionWanted();

 private:
  QLabel* m_text;
  QPushButton* m_button;
};

}  // namespace twofold::ui
