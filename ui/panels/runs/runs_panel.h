// Every run of the project beside the others, and all of what is known of the one in focus.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QWidget>

#include "ui/bridge/background.h"
#include "ui/bridge/run_queue.h"
#include "ui/itemmodels/metric_table_model.h"
#include "ui/itemmodels/run_table_model.h"
#include "ui/panels/panel_pages.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class RunsPanel : public QWidget {
  Q_OBJECT
 public:
  RunsPanel(Session& session, const Theme& theme, RunQueue& queue, QWidget* parent = nullptr);

  [[nodiscard]] bool isLoading() const { return m_task.isRunning(); }

 private:
  void buildLayout();
  QWidget* buildTable();
  QWidget* buildColumnChooser();
  QWidget* buildDetail();
  /// Reads all runs off the GUI thread: there may be thousands.
  void refresh();
  void take(std::vector<RunRow> rows);
  void showFocusedRun();
  void selectFocusedRow();
  void removeRun();
  void copyCommand();

  Session& m_session;
  const Theme& m_theme;
  RunQueue& m_queue;
  RunTableModel m_model;
  QSortFilterProxyModel m_sorted;
  MetricTableModel m_metrics;
  BackgroundTask m_task;

  PanelPages* m_pages;
  QLineEdit* m_filter;
  QComboBox* m_part;
  QLabel* m_count;
  QTableView* m_table;
  QLabel* m_title;
  QTableView* m_metricTable;
  QPlainTextEdit* m_spec;
  QPushButton* m_copy;
  QPushButton* m_remove;
};

}  // namespace twofold::ui
