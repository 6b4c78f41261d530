// The two faces of a panel: a note while it has nothing to show, and its
// content.
#pragma once

#include <QStackedWidget>

#include "ui/panels/empty_note.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class PanelPages : public QStackedWidget {
  Q_OBJECT
 public:
  /// Fills `panel`, which it becomes a child of. Shows the note, still without
  /// words.
  PanelPages(const Theme& theme, QWidget* panel);

  /// Where the panel puts its widgets.
  [[nodiscard]] QWidget* content() const { return m_content; }
  void showContent() { setCurrentWidget(m_content); }
  /// What would be here, and the one action that fills it; no button without an
  /// action.
  void showNote(const QString& text, const QString& action = {});
  [[nodiscard]] bool isEmpty() const { return currentWidget() == m_note; }

 Q_SIGNALS:
  void actionWanted();

 private:
  EmptyNote* m_note;
  QWidget* m_content;
};

}  // namespace twofold::ui
