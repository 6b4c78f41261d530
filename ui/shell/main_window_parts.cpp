// The workspaces with their panels, and the menus with their actions.
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

#include "ui/panels/audit/audit_panel.h"
#include "ui/panels/compare/compare_panel.h"
#include "ui/panels/curves/curves_panel.h"
#include "ui/panels/queue/queue_panel.h"
#include "ui/panels/ranking/ranking_panel.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/panels/study/study_panel.h"
#include "ui/session/guarded.h"
#include "ui/shell/main_window.h"
#include "ui/shell/preferences.h"

namespace twofold::ui {

Workspace* MainWindow::addWorkspace(const QString& title) {
  auto* workspace = new Workspace(title.toLower(), m_stack);
  m_topBar->addWorkspace(title, static_cast<int>(m_workspaces.size()));
  m_workspaces.push_back(workspace);
  m_stack->addWidget(workspace);
  return workspace;
}

void MainWindow::buildWorkspaces() {
  buildExplore();
  buildTrain();
  buildCompare();
  buildData();
  for (auto* workspace : m_workspaces) {
    workspace->restoreLayout();
  }
}

void MainWindow::buildExplore() {
  auto* explore = addWorkspace(tr("Explore"));
  m_pairs = new PairsPanel(m_session, m_theme);
  m_pair = new PairPanel(m_session, m_theme, m_serve);
  m_structure = new StructurePanel(m_session, m_theme);
  explore->addPanel("pairs", tr("Pairs"), m_pairs);
  explore->addPanel("pair", tr("Pair"), m_pair);
  explore->addPanel("structure", tr("Structure"), m_structure);
  m_evidence = new EvidencePanel(m_session, m_theme);
  explore->addPanel("evidence", tr("Evidence"), m_evidence);
  explore->setArrangement(
      [](Workspace& space) {
        space.addDockWidget(Qt::LeftDockWidgetArea, space.dock("pairs"));
        space.splitDockWidget(space.dock("pairs"), space.dock("structure"), Qt::Horizontal);
        space.splitDockWidget(space.dock("pairs"), space.dock("pair"), Qt::Vertical);
        space.tabifyDockWidget(space.dock("structure"), space.dock("evidence"));
        space.dock("structure")->raise();
      },
      [](Workspace& space) {
        space.resizeDocks({space.dock("pairs"), space.dock("structure")}, {500, 940},
                          Qt::Horizontal);
        space.resizeDocks({space.dock("pairs"), space.dock("pair")}, {430, 410}, Qt::Vertical);
      });
}

void MainWindow::buildTrain() {
  auto* train = addWorkspace(tr("Train"));
  m_setup = new RunSetupPanel(m_session, m_theme, m_queue, m_catalog);
  train->addPanel("run-setup", tr("Set-up"), m_setup);
  train->addPanel("queue", tr("Queue"), new QueuePanel(m_session, m_theme, m_queue));
  train->addPanel("curves", tr("Curves"), new CurvesPanel(m_session, m_theme));
  train->setArrangement(
      [](Workspace& space) {
        space.addDockWidget(Qt::LeftDockWidgetArea, space.dock("run-setup"));
        space.splitDockWidget(space.dock("run-setup"), space.dock("curves"), Qt::Horizontal);
        space.splitDockWidget(space.dock("curves"), space.dock("queue"), Qt::Vertical);
      },
      [](Workspace& space) {
        space.resizeDocks({space.dock("run-setup"), space.dock("curves")}, {460, 980},
                          Qt::Horizontal);
        space.resizeDocks({space.dock("curves"), space.dock("queue")}, {520, 320}, Qt::Vertical);
      });
}

void MainWindow::buildCompare() {
  auto* compare = addWorkspace(tr("Compare"));
  m_runs = new RunsPanel(m_session, m_theme, m_queue);
  compare->addPanel("runs", tr("Runs"), m_runs);
  m_ranking = new RankingPanel(m_session, m_theme);
  compare->addPanel("ranking", tr("Ranking"), m_ranking);
  m_compare = new ComparePanel(m_session, m_theme);
  compare->addPanel("compare", tr("Comparison"), m_compare);
  m_errors = new ErrorsPanel(m_session, m_theme);
  compare->addPanel("errors", tr("Errors"), m_errors);
  compare->addPanel("study", tr("Study"), new StudyPanel(m_session, m_theme, m_catalog));
  m_sweep = new SweepPanel(m_session, m_theme, m_catalog);
  compare->addPanel("sweep", tr("Sweep"), m_sweep);
  compare->setArrangement(
      [](Workspace& space) {
        space.addDockWidget(Qt::LeftDockWidgetArea, space.dock("runs"));
        space.splitDockWidget(space.dock("runs"), space.dock("ranking"), Qt::Vertical);
        space.tabifyDockWidget(space.dock("ranking"), space.dock("compare"));
        space.tabifyDockWidget(space.dock("ranking"), space.dock("errors"));
        space.tabifyDockWidget(space.dock("ranking"), space.dock("study"));
        space.tabifyDockWidget(space.dock("study"), space.dock("sweep"));
        space.dock("ranking")->raise();
      },
      [](Workspace& space) {
        space.resizeDocks({space.dock("runs"), space.dock("ranking")}, {460, 400}, Qt::Vertical);
      });
}

void MainWindow::buildData() {
  auto* brought = addWorkspace(tr("Data"));
  m_data = new DataPanel(m_session, m_theme);
  brought->addPanel("data", tr("Data"), m_data);
  brought->addPanel("audit", tr("Audit"), new AuditPanel(m_session, m_theme));
  m_models = new ModelsPanel(m_session, m_theme, m_catalog);
  connect(m_models, &ModelsPanel::useWanted, this, &MainWindow::useWeights);
  brought->addPanel("models", tr("Models"), m_models);
  m_benchmarks = new BenchmarksPanel(m_session, m_theme, m_catalog);
  brought->addPanel("benchmarks", tr("Benchmarks"), m_benchmarks);
  brought->setArrangement(
      [](Workspace& space) {
        space.addDockWidget(Qt::LeftDockWidgetArea, space.dock("data"));
        space.tabifyDockWidget(space.dock("data"), space.dock("audit"));
        space.tabifyDockWidget(space.dock("audit"), space.dock("models"));
        space.tabifyDockWidget(space.dock("models"), space.dock("benchmarks"));
        space.dock("data")->raise();
      },
      [](Workspace& /*space*/) {});
}

QAction* MainWindow::addAction(QMenu* menu, const QString& text, const QKeySequence& keys,
                               const std::function<void()>& run) {
  auto* action = menu->addAction(text);
  action->setShortcut(keys);
  connect(action, &QAction::triggered, this, [run] { run(); });
  m_actions << action;
  return action;
}

void MainWindow::buildMenus() {
  auto* file = menuBar()->addMenu(tr("&File"));
  addAction(file, tr("&Open project"), QKeySequence::Open, [this] { chooseProject(false); });
  addAction(file, tr("&New project"), QKeySequence::New, [this] { chooseProject(true); });
  addAction(file, tr("Open the &demo"), {}, [this] {
    openProject(demoProject());
  })->setEnabled(!demoProject().isEmpty());
  addAction(file, tr("&Welcome"), {}, [this] { showPanel("welcome"); });
  const auto transfers = m_runs->transfer().imports() + m_runs->transfer().exports();
  file->addMenu(tr("&Runs"))->addActions(transfers);
  m_actions << transfers;
  file->addSeparator();
  addAction(file, tr("&Quit"), QKeySequence::Quit, [this] { close(); });

  auto* edit = menuBar()->addMenu(tr("&Edit"));
  addAction(edit, tr("&Filter pairs"), QKeySequence::Find, [this] {
    showPanel("pairs");
    m_pairs->startFilter();
  });
  addAction(edit, tr("&Next pair"), QKeySequence(Qt::ALT | Qt::Key_Down),
            [this] { m_pairs->step(1); });
  addAction(edit, tr("&Previous pair"), QKeySequence(Qt::ALT | Qt::Key_Up),
            [this] { m_pairs->step(-1); });

  auto* view = menuBar()->addMenu(tr("&View"));
  const QStringList titles = {tr("Explore"), tr("Train"), tr("Compare"), tr("Data")};
  for (int i = 0; i < titles.size(); ++i) {
    addAction(view, titles[i], QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)),
              [this, i] { showWorkspace(i); });
  }
  addAction(view, tr("&Models"), QKeySequence(Qt::CTRL | Qt::Key_M),
            [this] { showPanel("models"); });
  view->addSeparator();
  addAction(view, tr("&Reset layout"), {}, [this] {
    for (auto* workspace : m_workspaces) {
      workspace->resetLayout();
    }
  });
  addAction(view, tr("&Find a command"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P),
            [this] { m_palette->open(m_actions); });

  auto* settings = menuBar()->addMenu(tr("&Settings"));
  auto* themes = new QActionGroup(this);
  for (const auto& [name, title] : {std::pair{QStringLiteral("light"), tr("&Light")},
                                    {QStringLiteral("dark"), tr("&Dark")},
                                    {QStringLiteral("system"), tr("As the &system")}}) {
    auto* action = addAction(settings, title, {}, [this, name = name] { setTheme(name); });
    action->setCheckable(true);
    action->setChecked(themePreference() == name);
    themes->addAction(action);
  }

  auto* help = menuBar()->addMenu(tr("&Help"));
  addAction(help, tr("&Getting started"), QKeySequence::HelpContents, [this] {
    m_help->showPage(QStringLiteral("getting-started"));
    showPanel("help");
  });
  addAction(help, tr("&Labels"), {}, [this] {
    m_help->showPage(QStringLiteral("labels"));
    showPanel("help");
  });
}

void MainWindow::useWeights(const QString& backbone, const QString& folder) {
  if (guarded(m_session, [&] { m_setup->useWeights(backbone, folder); })) {
    showPanel("run-setup");
    m_status->showMessage(tr("The next run uses %1").arg(folder), false);
  }
}

void MainWindow::setTheme(const QString& preference) {
  setThemePreference(preference);
  m_theme.setMode(themeMode(preference));
}

}  // namespace twofold::ui
