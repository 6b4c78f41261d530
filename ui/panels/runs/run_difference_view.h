// What differs between runs: only the recorded values that are not the same, and why that matters.
#pragma once

#include <QLabel>
#include <QString>
#include <QStringList>
#include <QTableView>
#include <QWidget>
#include <memory>
#include <vector>

#include "ui/bridge/background.h"
#include "ui/itemmodels/value_table_model.h"
#include "ui/session/session.h"

namespace twofold::ui {

class RunDifferenceView : public QWidget {
  Q_OBJECT
 public:
  /// `hint` is what it says while there are fewer than two runs.
  RunDifferenceView(Session& session, const QString& hint, QWidget* parent = nullptr);

  /// Runs of the session's project, the first 50; they are read off the GUI thread.
  void showRuns(const QStringList& all);
  [[nodiscard]] bool isLoading() const { return m_task.isRunning(); }

 private:
  void showDifference(const QStringList& ids, const QStringList& reasons,
                      std::vector<ValueTableModel::Row> rows);

  Session& m_session;
  QString m_hint;
  BackgroundTask m_task;
  std::unique_ptr<ValueTableModel> m_model;
  QLabel* m_reasons;
  QTableView* m_table;
};

}  // namespace twofold::ui
