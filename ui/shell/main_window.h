// The window: four workspaces over one session, composed of the panels.
#pragma once

#include <QMainWindow>
#include <QStackedWidget>
#include <vector>

#include "ui/bridge/catalog_loader.h"
#include "ui/bridge/run_queue.h"
#include "ui/bridge/serve_client.h"
#include "ui/panels/benchmarks/benchmarks_panel.h"
#include "ui/panels/compare/compare_panel.h"
#include "ui/panels/data/data_panel.h"
#include "ui/panels/errors/errors_panel.h"
#include "ui/panels/evidence/evidence_panel.h"
#include "ui/panels/help/help_panel.h"
#include "ui/panels/models/models_panel.h"
#include "ui/panels/pair/pair_panel.h"
#include "ui/panels/pairs/pairs_panel.h"
#include "ui/panels/ranking/ranking_panel.h"
#include "ui/panels/run_setup/run_setup_panel.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/panels/structure/structure_panel.h"
#include "ui/panels/sweep/sweep_panel.h"
#include "ui/panels/welcome/welcome_panel.h"
#include "ui/session/session.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/status_area.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/workspace.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  explicit MainWindow(Theme& theme, QWidget* parent = nullptr);
  ~MainWindow() override;

  /// Makes the project when `create`. Problems are shown, not thrown; false when it was not opened.
  bool openProject(const QString& folder, bool create = false);
  /// "pairs", "runs", …; false when there is no such panel.
  bool showPanel(const QString& name);
  [[nodiscard]] static QStringList panelNames();
  /// Two protein ids. Problems are shown, not thrown; false when there are no such proteins.
  bool focusPair(const QString& a, const QString& b);
  [[nodiscard]] Session& session() { return m_session; }
  [[nodiscard]] PairsPanel& pairs() { return *m_pairs; }
  /// True while a panel reads, loads or scores.
  [[nodiscard]] bool isBusy() const;
  /// What the status area says.
  [[nodiscard]] QString messageText() const { return m_status->text(); }

 protected:
  void closeEvent(QCloseEvent* event) override;

 private:
  void buildWorkspaces();
  void buildExplore();
  void buildTrain();
  void buildCompare();
  void buildData();
  void buildMenus();
  Workspace* addWorkspace(const QString& title);
  QAction* addAction(QMenu* menu, const QString& text, const QKeySequence& keys,
                     const std::function<void()>& run);
  void showWorkspace(int index);
  void chooseProject(bool create);
  void focusNewestRun();
  void useWeights(const QString& backbone, const QString& folder);
  void setTheme(const QString& preference);

  Theme& m_theme;
  Session m_session;
  RunQueue m_queue;
  ServeClient m_serve;
  CatalogLoader m_catalog;
  QStackedWidget* m_stack;
  TopBar* m_topBar;
  WelcomePanel* m_welcome;
  HelpPanel* m_help;
  DataPanel* m_data;
  PairsPanel* m_pairs;
  PairPanel* m_pair;
  StructurePanel* m_structure;
  EvidencePanel* m_evidence;
  RankingPanel* m_ranking;
  ComparePanel* m_compare;
  ErrorsPanel* m_errors;
  RunsPanel* m_runs;
  SweepPanel* m_sweep;
  BenchmarksPanel* m_benchmarks;
  RunSetupPanel* m_setup;
  ModelsPanel* m_models;
  CommandPalette* m_palette;
  StatusArea* m_status;
  std::vector<Workspace*> m_workspaces;
  QList<QAction*> m_actions;
};

}  // namespace twofold::ui
