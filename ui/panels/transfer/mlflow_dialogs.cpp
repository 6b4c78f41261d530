#include "ui/panels/transfer/mlflow_dialogs.h"

#include <QSettings>
#include <QUrl>

#include "core/base/error.h"

namespace twofold::ui {

namespace {

constexpr const char* kServerSetting = "mlflow/server";

QLineEdit* lineEdit(QWidget* parent, const char* name, const QString& hint = {}) {
  auto* line = new QLineEdit(parent);
  line->setObjectName(QLatin1String(name));
  line->setPlaceholderText(hint);
  return line;
}

/// A text of the filter language.
QString quoted(QString text) {
  return '\'' + text.replace('\'', QStringLiteral("''")) + '\'';
}

WorkerDialog::Words exportWords() {
  return {
      QStringLiteral("mlflowExportDialog"), MlflowExportDialog::tr("Export to MLflow"),
      MlflowExportDialog::tr("Params, tags, notes, histories and final metrics go to a tracking "
                             "server; files stay here. Sent again, each run is there once. A "
                             "login is read from MLFLOW_TRACKING_USERNAME and "
                             "MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN."),
      MlflowExportDialog::tr("Export"),
      MlflowExportDialog::tr("what was sent is there; export again to go on")};
}

WorkerDialog::Words importWords() {
  return {QStringLiteral("mlflowImportDialog"),
          MlflowImportDialog::tr("Import from MLflow"),
          MlflowImportDialog::tr("Runs of a stopped server's SQLite file (MLflow 1.0 to 3.17) can "
                                 "be read, filtered and compared by their metrics, never run. "
                                 "Experiment E becomes \"E (MLflow)\"."),
          MlflowImportDialog::tr("Import"),
          MlflowImportDialog::tr("nothing was changed"),
          true};
}

}  // namespace

MlflowExportDialog::MlflowExportDialog(Session& session, const Theme& theme,
                                       const QStringList& selected, const QStringList& experiments,
                                       QWidget* parent)
    : WorkerDialog(session, theme, exportWords(), parent),
      m_server(lineEdit(this, "mlflowServer", QStringLiteral("http://localhost:5000"))),
      m_runs(new QComboBox(this)),
      m_experiment(lineEdit(this, "mlflowExperiment", tr("As each run's own"))),
      m_token(new FileField(FileField::Kind::OpenFile, QStringLiteral("mlflowToken"),
                            tr("All files (*)"), this)) {
  m_server->setText(QSettings().value(kServerSetting).toString());
  m_runs->setObjectName(QStringLiteral("mlflowRuns"));
  m_token->line()->setPlaceholderText(tr("Only where the server asks for one"));
  fillRuns(selected, experiments);
  addRow(tr("&Server"), m_server, tr("Its address, as in http://localhost:5000"));
  addRow(tr("&Runs"), m_runs, tr("Archived runs go along only when they are selected"));
  addRow(tr("&Experiment there"), m_experiment, tr("Made where it is missing"));
  addRow(tr("&Token file"), m_token, tr("A file with an access token in it"));
  connect(m_server, &QLineEdit::textChanged, this, &MlflowExportDialog::check);
  connect(m_runs, &QComboBox::currentIndexChanged, this, &MlflowExportDialog::check);
  connect(m_experiment, &QLineEdit::textChanged, this, &MlflowExportDialog::check);
  connect(m_token, &FileField::changed, this, &MlflowExportDialog::check);
  check();
}

void MlflowExportDialog::fillRuns(const QStringList& selected, const QStringList& experiments) {
  if (!selected.isEmpty()) {
    m_runs->addItem(selected.size() == 1 ? tr("Run %1").arg(selected.first())
                                         : tr("The %1 selected runs").arg(selected.size()),
                    QStringList{QStringLiteral("--runs"), selected.join(',')});
  }
  for (const auto& experiment : experiments) {
    m_runs->addItem(tr("All of experiment %1").arg(experiment),
                    QStringList{QStringLiteral("--filter"),
                                QStringLiteral("experiment = ") + quoted(experiment)});
  }
  m_runs->addItem(tr("All runs"), QStringList());
}

QStringList MlflowExportDialog::arguments() const {
  const QString server = m_server->text().trimmed();
  const QUrl url(server);
  if (!url.isValid() || url.host().isEmpty() ||
      !QStringList{QStringLiteral("http"), QStringLiteral("https")}.contains(url.scheme())) {
    throw Error(ErrorKind::Usage,
                tr("Write the server's address, as in http://localhost:5000.").toStdString());
  }
  QStringList arguments{QStringLiteral("export"), QStringLiteral("mlflow"), QStringLiteral("--url"),
                        server};
  arguments << m_runs->currentData().toStringList();
  if (const QString experiment = m_experiment->text().trimmed(); !experiment.isEmpty()) {
    arguments << QStringLiteral("--experiment") << experiment;
  }
  if (!m_token->path().isEmpty()) {
    arguments << QStringLiteral("--token-file") << m_token->path();
  }
  return arguments;
}

void MlflowExportDialog::remember() {
  QSettings().setValue(kServerSetting, m_server->text().trimmed());
}

MlflowImportDialog::MlflowImportDialog(Session& session, const Theme& theme, QWidget* parent)
    : WorkerDialog(session, theme, importWords(), parent),
      m_file(new FileField(FileField::Kind::OpenFile, QStringLiteral("mlflowFile"),
                           tr("MLflow's store (*.db *.sqlite);;All files (*)"), this)),
      m_experiment(lineEdit(this, "mlflowOnly", tr("All"))) {
  addRow(tr("&File"), m_file, tr("mlflow.db of a server that is stopped"));
  addRow(tr("Only &experiment"), m_experiment);
  connect(m_file, &FileField::changed, this, &MlflowImportDialog::check);
  connect(m_experiment, &QLineEdit::textChanged, this, &MlflowImportDialog::check);
  check();
}

QStringList MlflowImportDialog::arguments() const {
  if (m_file->path().isEmpty()) {
    throw Error(ErrorKind::Usage, tr("Choose the server's file, mlflow.db.").toStdString());
  }
  QStringList arguments{QStringLiteral("import"), QStringLiteral("mlflow"), m_file->path()};
  if (const QString experiment = m_experiment->text().trimmed(); !experiment.isEmpty()) {
    arguments << QStringLiteral("--experiment") << experiment;
  }
  return arguments;
}

}  // namespace twofold::ui
