// Every run of the project beside the others, and all of what is known of the one in focus.
#pragma once

#include <QAction>
#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QWidget>
#include <functional>
#include <memory>
#include <vector>

#include "core/store/saved_views.h"
#include "ui/bridge/background.h"
#include "ui/bridge/run_queue.h"
#include "ui/itemmodels/metric_table_model.h"
#include "ui/itemmodels/run_filter.h"
#include "ui/itemmodels/run_table_model.h"
#include "ui/panels/panel_pages.h"
#include "ui/panels/runs/report_button.h"
#include "ui/panels/runs/run_difference_view.h"
#include "ui/panels/runs/run_marks_view.h"
#include "ui/panels/runs/run_record_view.h"
#include "ui/panels/runs/view_menu.h"
#include "ui/panels/transfer/run_transfer.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class RunsPanel : public QWidget {
  Q_OBJECT
 public:
  RunsPanel(Session& session, const Theme& theme, RunQueue& queue, QWidget* parent = nullptr);

  /// Imports and exports, for other menus too.
  [[nodiscard]] const RunTransfer& transfer() const { return *m_transfer; }

  [[nodiscard]] bool isLoading() const {
    return m_task.isRunning() || m_search.isRunning() || m_marking.isRunning() ||
           m_viewing.isRunning() || m_difference->isLoading() || m_record->isLoading() ||
           m_report->isWriting();
  }

 private:
  void buildLayout();
  void connectSearch();
  QWidget* buildTable();
  void buildCompare(QWidget* side);
  void buildTransfer(QWidget* side, QBoxLayout* bar);
  QBoxLayout* buildBar(QWidget* side);
  QWidget* buildColumnChooser();
  QWidget* buildDetail();
  QWidget* buildTabs(QWidget* side);
  /// Reads all runs off the GUI thread: there may be thousands.
  void refresh();
  void take(std::vector<RunRow> rows, FoundRuns found);
  void showCount();

  /// What the filter line, the columns and the switch for archived runs ask for.
  [[nodiscard]] runs::RunQuery query() const;
  /// Words are looked for at once; a filter or formula off the GUI thread.
  void search();
  void showFound();
  void applySort();
  void readViews();
  void applyView(const QString& name);
  void saveView(const QString& name);
  void removeView(const QString& name);
  /// Off the GUI thread: a worker may be writing.
  void changeView(const std::function<void(store::SavedViews&)>& change);

  void mark(const RunMarksView::Change& change);
  void showMarks(const RunRow* row);
  /// In the order of the rows.
  [[nodiscard]] QStringList selectedRuns() const;
  /// Those of them that the table shows; where it shows none, the selection stays.
  void select(const QStringList& ids);
  [[nodiscard]] RunsAtHand atHand() const;
  void followSelection();
  void compareSelected();
  void showFocusedRun();
  void selectFocusedRow();
  void removeRun();
  void copyCommand();

  Session& m_session;
  const Theme& m_theme;
  RunQueue& m_queue;
  RunTableModel m_model;
  RunFilter m_sorted;
  MetricTableModel m_metrics;
  std::shared_ptr<RunFinder> m_finder;  // of the session's project; shared with its tasks
  BackgroundTask m_task;
  BackgroundTask m_search;
  BackgroundQueue m_marking;
  BackgroundQueue m_viewing;
  runs::RunQuery m_searched;  // what the table shows or will soon
  std::vector<store::SavedView> m_saved;
  QString m_wantedSort;  // of a saved view, until its column is there

  PanelPages* m_pages;
  QLineEdit* m_filter;
  QLineEdit* m_formulas;
  QLabel* m_mistake;
  QToolButton* m_archived;
  ViewMenu* m_views;
  QPushButton* m_compare;
  QAction* m_compareAction;
  ReportButton* m_report;
  RunTransfer* m_transfer;
  QComboBox* m_part;
  QLabel* m_count;
  QTableView* m_table;
  QLabel* m_title;
  QTableView* m_metricTable;
  QTabWidget* m_tabs;
  QPlainTextEdit* m_spec;
  RunMarksView* m_marks;
  RunRecordView* m_record;
  RunDifferenceView* m_difference;
  QPushButton* m_copy;
  QPushButton* m_remove;
};

}  // namespace twofold::ui
