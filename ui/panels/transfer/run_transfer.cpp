#include "ui/panels/transfer/run_transfer.h"

#include <utility>

#include "ui/panels/transfer/mlflow_dialogs.h"
#include "ui/panels/transfer/scores_dialog.h"

namespace twofold::ui {

RunTransfer::RunTransfer(Session& session, const Theme& theme, std::function<RunsAtHand()> atHand,
                         QWidget* window)
    : QObject(window),
      m_session(session),
      m_theme(theme),
      m_atHand(std::move(atHand)),
      m_window(window) {
  addAction(m_imports, tr("Import &scores of another program…"), "importScores",
            [this] { return new ScoresDialog(m_session, m_theme, m_window); });
  addAction(m_imports, tr("Import from an &MLflow file…"), "importMlflow",
            [this] { return new MlflowImportDialog(m_session, m_theme, m_window); });
  addAction(m_imports, tr("Import a run &folder…"), "importRunFolder",
            [this] { return new RunImportDialog(m_session, m_theme, m_window); });
  addAction(m_exports, tr("Export to M&Lflow…"), "exportMlflow", [this] {
    const auto runs = m_atHand();
    return new MlflowExportDialog(m_session, m_theme, runs.selected, runs.experiments, m_window);
  });
  addAction(m_exports, tr("Export a &run folder…"), "exportRunFolder", [this]() -> WorkerDialog* {
    const auto runs = m_atHand();
    if (runs.selected.isEmpty()) {
      Q_EMIT m_session.message(tr("Select the run to export in the list of runs first."), true);
      return nullptr;
    }
    return new RunExportDialog(m_session, m_theme, runs.selected, m_window);
  });
  addAction(m_exports, tr("Export runs as &CSV…"), "exportRunTable",
            [this] { return new RunTableDialog(m_session, m_theme, m_atHand().shown, m_window); });
  connect(&m_session, &Session::projectChanged, this, &RunTransfer::followProject);
  followProject();
}

void RunTransfer::addAction(QList<QAction*>& list, const QString& text, const char* name,
                            const std::function<WorkerDialog*()>& make) {
  auto* action = new QAction(text, this);
  action->setObjectName(QLatin1String(name));
  connect(action, &QAction::triggered, this, [this, make] { open(make); });
  list << action;
}

void RunTransfer::open(const std::function<WorkerDialog*()>& make) {
  if (m_session.project() == nullptr) {
    return;
  }
  if (m_dialog != nullptr && m_dialog->isBusy()) {
    m_dialog->raise();
    m_dialog->activateWindow();
    Q_EMIT m_session.message(tr("Another import or export is at work. Wait for it, or stop it."),
                             true);
    return;
  }
  if (m_dialog != nullptr) {
    m_dialog->close();
  }
  m_dialog = make();
  if (m_dialog != nullptr) {
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &WorkerDialog::succeeded, this, &RunTransfer::take);
    m_dialog->show();
  }
}

void RunTransfer::take(const formats::Json& body) {
  const auto command = body.value("command", std::string());
  if (!command.starts_with("import ")) {
    return;
  }
  Q_EMIT m_session.dataChanged();
  if (const auto run = body.value("run", std::string()); !run.empty()) {
    m_session.focusRun(QString::fromStdString(run));
  }
}

void RunTransfer::followProject() {
  delete m_dialog;  // it is of the former project; a command at work is stopped
  for (const auto* list : {&m_imports, &m_exports}) {
    for (auto* action : *list) {
      action->setEnabled(m_session.project() != nullptr);
    }
  }
}

}  // namespace twofold::ui
