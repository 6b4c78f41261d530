// Runs as files: a folder that another machine can train again, and a CSV table of many.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

#include "ui/panels/transfer/file_field.h"
#include "ui/panels/transfer/worker_dialog.h"

namespace twofold::ui {

/// The worker's `import run`.
class RunImportDialog : public WorkerDialog {
  Q_OBJECT
 public:
  RunImportDialog(Session& session, const Theme& theme, QWidget* parent = nullptr);

  [[nodiscard]] QStringList arguments() const override;

 private:
  FileField* m_folder;
  FileField* m_weights;
  QLineEdit* m_experiment;
};

/// The worker's `export folder`.
class RunExportDialog : public WorkerDialog {
  Q_OBJECT
 public:
  /// `runs` are offered, the first chosen; there is at least one.
  RunExportDialog(Session& session, const Theme& theme, const QStringList& runs,
                  QWidget* parent = nullptr);

  [[nodiscard]] QStringList arguments() const override;

 private:
  QComboBox* m_run;
  FileField* m_parent;
  QLineEdit* m_name;
};

/// What the list of runs shows.
struct ShownRuns {
  QString filter;   // of the language; empty: all
  QString columns;  // formulas, separated by commas
  bool archived = false;
  QString words{};     // looked for in what the list shows; with them there is no filter
  QStringList runs{};  // the ids of those that hold the words; without words empty
};

/// The worker's `export runs`.
class RunTableDialog : public WorkerDialog {
  Q_OBJECT
 public:
  RunTableDialog(Session& session, const Theme& theme, const ShownRuns& shown,
                 QWidget* parent = nullptr);

  [[nodiscard]] QStringList arguments() const override;

 private:
  [[nodiscard]] QString filter() const;

  ShownRuns m_shown;
  FileField* m_file;
  QCheckBox* m_filtered;
  QCheckBox* m_added;
  QCheckBox* m_archived;
};

}  // namespace twofold::ui
