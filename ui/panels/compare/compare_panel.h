// Runs against each other on the pairs they share: which is better, is the difference real, what
// else differs, and on which pairs do they disagree.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTextBrowser>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <vector>

#include "ui/bridge/background.h"
#include "ui/bridge/shared_progress.h"
#include "ui/panels/compare/compared_run.h"
#include "ui/panels/compare/comparison_work.h"
#include "ui/panels/compare/difference_table_model.h"
#include "ui/panels/compare/disagreement_page.h"
#include "ui/panels/panel_pages.h"
#include "ui/panels/runs/run_difference_view.h"
#include "ui/plots/plot_view.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// Of the session's compared runs. Everything is read and measured off the GUI thread, and only
/// while the panel is in sight.
class ComparePanel : public QWidget {
  Q_OBJECT
 public:
  ComparePanel(Session& session, const Theme& theme, QWidget* parent = nullptr);

  /// Of the worker's `compare`, without the project: what the panel shows, by all metrics.
  [[nodiscard]] QStringList arguments() const;
  [[nodiscard]] bool isLoading() const {
    return m_reading.isRunning() || m_task.isRunning() || m_disagreements->isLoading() ||
           m_difference->isLoading();
  }

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void buildLayout();
  QWidget* buildHeader();
  QWidget* buildState();
  QWidget* buildAnswer();
  QWidget* buildTable();
  QWidget* buildCurves();
  QWidget* buildChart(PlotView*& plot, const char* name);
  void connectAll();

  /// Reads what the compared runs are; compares them when that is news.
  void refresh();
  void takeRuns(std::vector<ComparedRun> runs);
  void fillReferences();
  void fillParts();
  [[nodiscard]] QStringList runsInOrder() const;
  void compare();
  void stop();
  void takeResult(Comparison result);
  void showMetric();
  void showProgress();
  void showRunning(bool isRunning);
  enum class Action { None, ShowRuns, Again };
  void showNote(const QString& text, Action action);
  void forget();

  Session& m_session;
  const Theme& m_theme;
  BackgroundTask m_reading;
  BackgroundTask m_task;
  SharedProgress m_progress;
  QTimer m_ticker;
  std::vector<ComparedRun> m_runs;
  std::shared_ptr<const Comparison> m_result;
  DifferenceTableModel m_table;
  Action m_action = Action::None;
  bool m_stale = true;  // hidden panels read nothing

  QWidget* m_header;
  QComboBox* m_reference;
  QComboBox* m_part;
  QComboBox* m_metric;
  QCheckBox* m_all;
  QPushButton* m_copy;
  QLabel* m_state;
  QProgressBar* m_bar;
  QPushButton* m_stop;
  PanelPages* m_pages;
  QTabWidget* m_tabs;
  QTextBrowser* m_words;
  PlotView* m_forest;
  QTableView* m_tableView;
  QPushButton* m_copyTable;
  PlotView* m_precisionRecall;
  PlotView* m_roc;
  DisagreementPage* m_disagreements;
  RunDifferenceView* m_difference;
};

}  // namespace twofold::ui
