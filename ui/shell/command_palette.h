// Every action of the window by name, found by typing.
#pragma once

#include <QAction>
#include <QFrame>
#include <QLineEdit>
#include <QListWidget>

namespace twofold::ui {

class CommandPalette : public QFrame {
  Q_OBJECT
 public:
  explicit CommandPalette(QWidget* window);

  void open(const QList<QAction*>& actions);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void filter(const QString& text);
  void choose();

  QList<QAction*> m_actions;
  QLineEdit* m_text;
  QListWidget* m_list;
};

}  // namespace twofold::ui
