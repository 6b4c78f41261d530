// Runs to an MLflow server, and from the SQLite file of one.
#pragma once

#include <QComboBox>
#include <QLineEdit>

#include "ui/panels/transfer/file_field.h"
#include "ui/panels/transfer/worker_dialog.h"

namespace twofold::ui {

/// The worker's `export mlflow`. The server is remembered.
class MlflowExportDialog : public WorkerDialog {
  Q_OBJECT
 public:
  /// `selected` are the ids of runs, `experiments` the names that runs have.
  MlflowExportDialog(Session& session, const Theme& theme, const QStringList& selected,
                     const QStringList& experiments, QWidget* parent = nullptr);

  [[nodiscard]] QStringList arguments() const override;

 protected:
  void remember() override;

 private:
  void fillRuns(const QStringList& selected, const QStringList& experiments);

  QLineEdit* m_server;
  QComboBox* m_runs;  // the data of an item are its arguments
  QLineEdit* m_experiment;
  FileField* m_token;
};

/// The worker's `import mlflow`.
class MlflowImportDialog : public WorkerDialog {
  Q_OBJECT
 public:
  MlflowImportDialog(Session& session, const Theme& theme, QWidget* parent = nullptr);

  [[nodiscard]] QStringList arguments() const override;

 private:
  FileField* m_file;
  QLineEdit* m_experiment;
};

}  // namespace twofold::ui
