// What runs now, what waits, what ended last; live progress, stop and resume, and what the run in
// focus says.
#pragma once

#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <QWidget>
#include <map>
#include <optional>

#include "core/store/run_repository.h"
#include "ui/bridge/run_observer.h"
#include "ui/bridge/run_queue.h"
#include "ui/panels/panel_pages.h"
#include "ui/panels/queue/run_card.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class QueuePanel : public QWidget {
  Q_OBJECT
 public:
  QueuePanel(Session& session, const Theme& theme, RunQueue& queue, QWidget* parent = nullptr);

 private:
  void buildLayout();
  void refresh();
  void showProgress(const QString& id);
  void showLog();
  void readLog();
  void act(const QString& id, RunCard::Action action);

  Session& m_session;
  const Theme& m_theme;
  RunQueue& m_queue;
  std::map<QString, RunCard*> m_cards;
  QString m_logRun;
  std::optional<RunObserver> m_logEvents;

  PanelPages* m_pages;
  QVBoxLayout* m_list;
  QPlainTextEdit* m_log;
};

}  // namespace twofold::ui
