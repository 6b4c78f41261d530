#include "ui/panels/transfer/run_folder_dialogs.h"

#include <QDir>

#include "core/base/error.h"
#include "ui/theme/number_text.h"

namespace twofold::ui {

namespace {

WorkerDialog::Words importWords() {
  return {
      QStringLiteral("runImportDialog"),
      RunImportDialog::tr("Import a run folder"),
      RunImportDialog::tr("A run that Export folder wrote, perhaps on another machine, comes in "
                          "with its proteins, pairs and split; it can be asked, compared and "
                          "trained again here."),
      RunImportDialog::tr("Import"),
      RunImportDialog::tr("nothing was changed"),
      true};
}

WorkerDialog::Words exportWords() {
  return {QStringLiteral("runExportDialog"), RunExportDialog::tr("Export a run folder"),
          RunExportDialog::tr("One run with all that training it again needs: spec, pairs, "
                              "sequences, metrics, predictions, checkpoints and a model card. The "
                              "backbone's weights are not in it."),
          RunExportDialog::tr("Export"), RunExportDialog::tr("nothing was written")};
}

WorkerDialog::Words tableWords() {
  return {QStringLiteral("runTableDialog"), RunTableDialog::tr("Export runs as CSV"),
          RunTableDialog::tr("A row a run, with every param, metric, tag and hash, or the columns "
                             "that were added to the list alone."),
          RunTableDialog::tr("Export"), RunTableDialog::tr("nothing was written")};
}

}  // namespace

RunImportDialog::RunImportDialog(Session& session, const Theme& theme, QWidget* parent)
    : WorkerDialog(session, theme, importWords(), parent),
      m_folder(new FileField(FileField::Kind::OpenFolder, QStringLiteral("runFolder"), {}, this)),
      m_weights(new FileField(FileField::Kind::OpenFolder, QStringLiteral("runWeights"), {}, this)),
      m_experiment(new QLineEdit(this)) {
  m_weights->line()->setPlaceholderText(tr("Only if the run used a folder of weights"));
  m_experiment->setObjectName(QStringLiteral("runExperiment"));
  m_experiment->setPlaceholderText(tr("As the run has it"));
  addRow(tr("&Folder"), m_folder);
  addRow(tr("&Weights here"), m_weights, tr("Where the backbone's weights are on this machine"));
  addRow(tr("&Experiment"), m_experiment,
         tr("Another one, where that of this name has runs on other pairs"));
  connect(m_folder, &FileField::changed, this, &RunImportDialog::check);
  connect(m_weights, &FileField::changed, this, &RunImportDialog::check);
  connect(m_experiment, &QLineEdit::textChanged, this, &RunImportDialog::check);
  check();
}

QStringList RunImportDialog::arguments() const {
  if (m_folder->path().isEmpty()) {
    throw Error(ErrorKind::Usage, tr("Choose the run's folder.").toStdString());
  }
  QStringList arguments{QStringLiteral("import"), QStringLiteral("run"), m_folder->path()};
  if (!m_weights->path().isEmpty()) {
    arguments << QStringLiteral("--weights") << m_weights->path();
  }
  if (const QString experiment = m_experiment->text().trimmed(); !experiment.isEmpty()) {
    arguments << QStringLiteral("--experiment") << experiment;
  }
  return arguments;
}

RunExportDialog::RunExportDialog(Session& session, const Theme& theme, const QStringList& runs,
                                 QWidget* parent)
    : WorkerDialog(session, theme, exportWords(), parent),
      m_run(new QComboBox(this)),
      m_parent(
          new FileField(FileField::Kind::OpenFolder, QStringLiteral("exportParent"), {}, this)),
      m_name(new QLineEdit(runs.first(), this)) {
  m_run->setObjectName(QStringLiteral("exportRun"));
  m_run->addItems(runs);
  m_name->setObjectName(QStringLiteral("exportName"));
  addRow(tr("&Run"), m_run);
  addRow(tr("&In folder"), m_parent);
  addRow(tr("&New folder"), m_name, tr("Must not be there yet"));
  connect(m_run, &QComboBox::currentTextChanged, m_name, &QLineEdit::setText);
  connect(m_run, &QComboBox::currentTextChanged, this, &RunExportDialog::check);
  connect(m_parent, &FileField::changed, this, &RunExportDialog::check);
  connect(m_name, &QLineEdit::textChanged, this, &RunExportDialog::check);
  check();
}

QStringList RunExportDialog::arguments() const {
  const QString name = m_name->text().trimmed();
  if (m_parent->path().isEmpty() || name.isEmpty()) {
    throw Error(ErrorKind::Usage, tr("Choose a folder, and name the new one in it.").toStdString());
  }
  const QString out = QDir(m_parent->path()).filePath(name);
  return {QStringLiteral("export"), QStringLiteral("folder"), m_run->currentText(),
          QStringLiteral("--out"), out};
}

RunTableDialog::RunTableDialog(Session& session, const Theme& theme, const ShownRuns& shown,
                               QWidget* parent)
    : WorkerDialog(session, theme, tableWords(), parent),
      m_shown(shown),
      m_file(new FileField(FileField::Kind::SaveFile, QStringLiteral("tableFile"),
                           tr("CSV table (*.csv)"), this)),
      m_filtered(new QCheckBox(this)),
      m_added(new QCheckBox(tr("Only the added columns: %1").arg(shown.columns), this)),
      m_archived(new QCheckBox(tr("Archived runs too"), this)) {
  m_filtered->setObjectName(QStringLiteral("tableFiltered"));
  m_filtered->setText(shown.words.isEmpty() ? tr("Only runs where %1").arg(shown.filter)
                                            : tr("Only the %1 that the list shows for \"%2\"")
                                                  .arg(countText(shown.runs.size()), shown.words));
  m_filtered->setChecked(true);
  m_filtered->setVisible(!shown.filter.isEmpty() || !shown.words.isEmpty());
  m_added->setObjectName(QStringLiteral("tableAdded"));
  m_added->setChecked(!shown.columns.isEmpty());
  m_added->setVisible(!shown.columns.isEmpty());
  m_archived->setObjectName(QStringLiteral("tableArchived"));
  m_archived->setChecked(shown.archived);
  addRow(tr("&File"), m_file, tr("One that is there is replaced"));
  addRow(QString(), m_filtered);
  addRow(QString(), m_added,
         tr("Else every param, metric, tag and hash, without the added columns"));
  addRow(QString(), m_archived);
  connect(m_file, &FileField::changed, this, &RunTableDialog::check);
  for (auto* box : {m_filtered, m_added, m_archived}) {
    connect(box, &QCheckBox::toggled, this, &RunTableDialog::check);
  }
  check();
}

QString RunTableDialog::filter() const {
  if (m_shown.words.isEmpty()) {
    return m_shown.filter;
  }
  if (m_shown.runs.isEmpty()) {
    throw Error(ErrorKind::Usage, tr("The list shows no run for \"%1\". Export all runs, or look "
                                     "for other words.")
                                      .arg(m_shown.words)
                                      .toStdString());
  }
  // The words are looked for in the list's own columns, so the runs they found go by name.
  return QStringLiteral("id in ('%1')").arg(m_shown.runs.join(QStringLiteral("', '")));
}

QStringList RunTableDialog::arguments() const {
  if (m_file->path().isEmpty()) {
    throw Error(ErrorKind::Usage, tr("Choose the file to write.").toStdString());
  }
  QStringList arguments{QStringLiteral("export"), QStringLiteral("runs"), QStringLiteral("--out"),
                        m_file->path()};
  const QString wanted = m_filtered->isChecked() ? filter() : QString();
  if (!wanted.isEmpty()) {
    arguments << QStringLiteral("--filter") << wanted;
  }
  if (m_added->isChecked()) {
    arguments << QStringLiteral("--columns") << m_shown.columns;
  }
  if (m_archived->isChecked()) {
    arguments << QStringLiteral("--archived");
  }
  return arguments;
}

}  // namespace twofold::ui
