// Runs in and out: the actions of the runs panel's menus, of the window's and of its palette.
#pragma once

#include <QAction>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <functional>

#include "ui/panels/transfer/run_folder_dialogs.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// What the list of runs has to say when an action is called.
struct RunsAtHand {
  QStringList selected;     // ids
  QStringList experiments;  // of all runs
  ShownRuns shown;
};

/// One dialog at a time: while a command is at work, every action brings its dialog to the front.
class RunTransfer : public QObject {
  Q_OBJECT
 public:
  /// Dialogs stand over `window`.
  RunTransfer(Session& session, const Theme& theme, std::function<RunsAtHand()> atHand,
              QWidget* window);

  [[nodiscard]] const QList<QAction*>& imports() const { return m_imports; }
  [[nodiscard]] const QList<QAction*>& exports() const { return m_exports; }
  /// Null: none is open.
  [[nodiscard]] WorkerDialog* dialog() const { return m_dialog; }

 private:
  void addAction(QList<QAction*>& list, const QString& text, const char* name,
                 const std::function<WorkerDialog*()>& make);
  void open(const std::function<WorkerDialog*()>& make);
  void followProject();
  void take(const formats::Json& body);

  Session& m_session;
  const Theme& m_theme;
  std::function<RunsAtHand()> m_atHand;
  QWidget* m_window;
  QList<QAction*> m_imports;
  QList<QAction*> m_exports;
  QPointer<WorkerDialog> m_dialog;
};

}  // namespace twofold::ui
