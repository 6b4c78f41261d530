// The workspaces to switch between, and what is in focus: project, pair, run, queue.
#pragma once

#include <QButtonGroup>
#include <QFrame>
#include <QLabel>
#include <QWidget>

#include "ui/bridge/run_queue.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class TopBar : public QWidget {
  Q_OBJECT
 public:
  TopBar(Session& session, const Theme& theme, RunQueue& queue, QWidget* parent = nullptr);

  void addWorkspace(const QString& title, int index);
  void setCurrent(int index);

 Q_SIGNALS:
  void workspaceWanted(int index);

 private:
  void refresh();

  [[nodiscard]] QString queueText() const;

  Session& m_session;
  const Theme& m_theme;
  RunQueue& m_queue;
  QButtonGroup* m_buttons;
  QFrame* m_switch;
  QLabel* m_project;
  QLabel* m_pair;
  QLabel* m_run;
  QLabel* m_state;
};

}  // namespace twofold::ui
