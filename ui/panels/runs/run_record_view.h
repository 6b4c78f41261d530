// What else is recorded of a run: the machine, the hashes of what it was made from, its files and
// its history.
#pragma once

#include <QTableView>
#include <QWidget>

#include "ui/bridge/background.h"
#include "ui/itemmodels/value_table_model.h"
#include "ui/session/session.h"

namespace twofold::ui {

class RunRecordView : public QWidget {
  Q_OBJECT
 public:
  explicit RunRecordView(Session& session, QWidget* parent = nullptr);

  /// Of the session's project, read off the GUI thread; empty: none.
  void showRun(const QString& id);
  [[nodiscard]] bool isLoading() const { return m_task.isRunning(); }

 private:
  Session& m_session;
  BackgroundTask m_task;
  ValueTableModel m_model;
  QTableView* m_table;
};

}  // namespace twofold::ui
