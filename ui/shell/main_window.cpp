#include "ui/shell/main_window.h"

#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QSettings>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"
#include "ui/session/guarded.h"
#include "ui/shell/preferences.h"

namespace twofold::ui {

MainWindow::MainWindow(Theme& theme, QWidget* parent)
    : QMainWindow(parent),
      m_theme(theme),
      m_stack(new QStackedWidget(this)),
      m_topBar(new TopBar(m_session, theme, m_queue, this)),
      m_welcome(new WelcomePanel(theme, this)),
      m_help(new HelpPanel(theme, this)),
      m_palette(new CommandPalette(this)),
      m_status(new StatusArea(theme, m_queue, this)) {
  setWindowTitle(QStringLiteral("Twofold"));
  setObjectName(QStringLiteral("mainWindow"));
  resize(1440, 900);
  auto* centre = new QWidget(this);
  auto* layout = new QVBoxLayout(centre);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_topBar);
  layout->addWidget(m_stack, 1);
  setCentralWidget(centre);
  setStatusBar(m_status);
  buildWorkspaces();
  m_stack->addWidget(m_welcome);
  m_stack->addWidget(m_help);
  buildMenus();
  connect(m_topBar, &TopBar::workspaceWanted, this, &MainWindow::showWorkspace);
  connect(m_welcome, &WelcomePanel::openWanted, this,
          [this](const QString& folder) { openProject(folder); });
  connect(m_welcome, &WelcomePanel::chooseWanted, this, [this] { chooseProject(false); });
  connect(m_welcome, &WelcomePanel::createWanted, this, [this] { chooseProject(true); });
  connect(&m_session, &Session::panelWanted, this, &MainWindow::showPanel);
  connect(&m_session, &Session::message, m_status, &StatusArea::showMessage);
  connect(&m_queue, &RunQueue::runsChanged, &m_session, &Session::runsChanged);
  connect(m_pairs, &PairsPanel::loaded, this, [this] {
    if (!m_session.pair()) {
      m_pairs->focusFirstPair();  // there is something to look at from the start
    }
  });
  connect(&m_queue, &RunQueue::failed, this,
          [this](const QString& text) { m_status->showMessage(text, true); });
  m_welcome->setDemo(demoProject());
  m_welcome->setRecent(recentProjects());
  m_stack->setCurrentWidget(m_welcome);
  restoreGeometry(QSettings().value("window/geometry").toByteArray());
  m_catalog.load();
}

MainWindow::~MainWindow() {
  // Panels refer to the session, the queue and the server, which are members and would go first.
  delete takeCentralWidget();
  m_queue.setProject(nullptr);
  m_serve.setProject({});
}

bool MainWindow::openProject(const QString& folder, bool create) {
  try {
    const auto path = QDir(folder).absolutePath().toStdString();
    auto project = std::make_unique<store::Project>(create ? store::Project::openOrCreate(path)
                                                           : store::Project::open(path));
    m_queue.setProject(nullptr);
    m_serve.setProject(QString::fromStdString(path));
    m_session.setProject(std::move(project));
  } catch (const Error& error) {
    m_status->showMessage(error.what(), true);
    return false;
  }
  addRecentProject(QDir(folder).absolutePath());
  m_welcome->setRecent(recentProjects());
  setWindowTitle(QStringLiteral("%1 – Twofold").arg(QDir(folder).dirName()));
  const auto& reason = m_session.project()->readOnlyReason();
  m_status->showMessage(
      reason.empty() ? tr("Opened %1").arg(folder) : QString::fromStdString(reason),
      !reason.empty());
  guarded(m_session, [this] { m_queue.setProject(m_session.project()); });
  guarded(m_session, [this] { focusNewestRun(); });
  showWorkspace(create ? static_cast<int>(m_workspaces.size()) - 1 : 0);
  return true;
}

void MainWindow::focusNewestRun() {
  QString newest;
  for (const auto& run : store::RunRepository(m_session.project()->database()).states()) {
    if (run.status == store::RunStatus::Done) {
      newest = QString::fromStdString(run.id);
    }
  }
  m_session.focusRun(newest);
}

bool MainWindow::focusPair(const QString& a, const QString& b) {
  return guarded(m_session, [&] {
    if (m_session.project() == nullptr) {
      throw Error(ErrorKind::Usage, "a pair is of a project; open one first");
    }
    store::ProteinRepository proteins(m_session.project()->database());
    FocusedPair pair;
    pair.idA = a;
    pair.idB = b;
    pair.keyA = proteins.byId(a.toStdString()).key;
    pair.keyB = proteins.byId(b.toStdString()).key;
    m_session.focusPair(pair);
  });
}

void MainWindow::chooseProject(bool create) {
  auto* dialog = new QFileDialog(this, create ? tr("Choose an empty folder") : tr("Open a project"),
                                 QSettings().value("lastFolder", QDir::homePath()).toString());
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::fileSelected, this, [this, create](const QString& folder) {
    QSettings().setValue("lastFolder", QFileInfo(folder).absolutePath());
    openProject(folder, create);
  });
  dialog->open();
}

void MainWindow::showWorkspace(int index) {
  if (m_session.project() == nullptr || index < 0 ||
      index >= static_cast<int>(m_workspaces.size())) {
    return;
  }
  m_stack->setCurrentWidget(m_workspaces[static_cast<std::size_t>(index)]);
  m_topBar->setCurrent(index);
}

bool MainWindow::showPanel(const QString& name) {
  if (name == "welcome" || name == "help") {
    m_stack->setCurrentWidget(name == "help" ? static_cast<QWidget*>(m_help) : m_welcome);
    m_topBar->setCurrent(-1);
    return true;
  }
  for (std::size_t i = 0; i < m_workspaces.size(); ++i) {
    if (m_workspaces[i]->has(name)) {
      showWorkspace(static_cast<int>(i));
      m_workspaces[i]->raisePanel(name);
      return true;
    }
  }
  return false;
}

QStringList MainWindow::panelNames() {
  return {"welcome",  "data",      "audit", "benchmarks", "pairs",  "structure", "pair",
          "evidence", "run-setup", "queue", "curves",     "models", "runs",      "ranking",
          "compare",  "errors",    "study", "sweep",      "help"};
}

bool MainWindow::isBusy() const {
  return m_pairs->isLoading() || m_pair->isBusy() || m_structure->isLoading() ||
         m_evidence->isLoading() || m_data->isLoading() || m_ranking->isLoading() ||
         m_errors->isLoading() || m_runs->isLoading() || m_models->isLoading() ||
         m_compare->isLoading() || m_sweep->isLoading() || m_benchmarks->isLoading() ||
         (m_catalog.catalog() == nullptr && m_catalog.problem().isEmpty());
}

void MainWindow::closeEvent(QCloseEvent* event) {
  QSettings().setValue("window/geometry", saveGeometry());
  for (const auto* workspace : m_workspaces) {
    workspace->saveLayout();
  }
  QMainWindow::closeEvent(event);
}

}  // namespace twofold::ui
