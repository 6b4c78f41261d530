// A command of the worker as a dialog: its form, then its progress with Stop, then its report.
#pragma once

#include <QDialog>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QString>
#include <QStringList>

#include "core/formats/bounded_json.h"
#include "ui/panels/data/import_box.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// Not modal: what takes long does not hold up the window. Escape stops a command that is at work,
/// and closes the dialog otherwise. It works on the project that was open when it was made.
class WorkerDialog : public QDialog {
  Q_OBJECT
 public:
  struct Words {
    QString name;                 // of the dialog as an object
    QString title;                // "Import scores"
    QString what;                 // a sentence or two on what it does
    QString start;                // the button: "Import"
    QString left;                 // what a stopped or failed command leaves: "nothing was changed"
    bool changesProject = false;  // then not in one that can be read only
  };

  WorkerDialog(Session& session, const Theme& theme, Words words, QWidget* parent = nullptr);

  /// Without the project. Throws Error(Usage), with the cure, while the form says too little.
  [[nodiscard]] virtual QStringList arguments() const = 0;
  /// Does nothing while the form says too little, and while a command is at work.
  void start();
  [[nodiscard]] bool isBusy() const { return m_box->isBusy(); }
  [[nodiscard]] QString reportText() const { return m_box->reportText(); }

 public Q_SLOTS:
  void reject() override;

 Q_SIGNALS:
  void succeeded(const formats::Json& body);

 protected:
  [[nodiscard]] Session& session() { return m_session; }
  /// Adds a labelled row; the label is `field`'s buddy.
  void addRow(const QString& label, QWidget* field, const QString& help = {});
  /// Looks at the form again: what is missing is said, and Start is there when nothing is.
  void check();
  /// What the next dialog of this kind begins with; called when a command starts.
  virtual void remember() {}

 private:
  void buildLayout();
  void end(bool done);

  Session& m_session;
  const Theme& m_theme;
  Words m_words;
  QString m_project;
  QWidget* m_formSide;
  QFormLayout* m_form;
  QLabel* m_problem;
  ImportBox* m_box;
  QPushButton* m_copy;
  QPushButton* m_close;
  QPushButton* m_start;
};

}  // namespace twofold::ui
