// The leakage audit of a pair set or a split, started here: its light, its findings, the rows
// behind each, and a split without them.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QTextBrowser>
#include <QWidget>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "ui/bridge/worker_bridge.h"
#include "ui/panels/audit/audit_row_model.h"
#include "ui/panels/audit/finding_table_model.h"
#include "ui/panels/panel_pages.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// The worker ends with the panel.
class AuditPanel : public QWidget {
  Q_OBJECT
 public:
  AuditPanel(Session& session, const Theme& theme, QWidget* parent = nullptr);

  /// What "Run the audit" starts, without the project. Throws Error(Usage) with the cure.
  [[nodiscard]] QStringList arguments() const;
  [[nodiscard]] bool isRunning() const { return m_command != nullptr; }

 private:
  void buildLayout();
  QWidget* buildForm();
  QWidget* buildFindings();
  QWidget* buildRows();
  void connectAll();
  void showProject();
  /// Every pair set as a whole, then its splits; what was chosen stays chosen.
  void fillSubjects();
  void showSelected();
  [[nodiscard]] const AuditFinding* selected() const;

  void start(const QStringList& arguments);
  /// `kind` empty: without all that can be left out.
  void makeSplit(const QString& kind);
  void copyCommand();
  void showProgress(const runs::ProgressEvent& progress);
  void succeed(const runs::ResultEvent& result);
  void end(const QIcon& icon, const QString& words);
  void showRunning();
  void showResult(std::optional<AuditResult> result);

  Session& m_session;
  const Theme& m_theme;
  std::vector<std::pair<QString, QString>> m_subjects;  // pair set and split, or none
  std::unique_ptr<WorkerCommand> m_command;
  std::optional<AuditResult> m_result;
  FindingTableModel m_findings;
  AuditRowModel m_rows;

  PanelPages* m_pages;
  QWidget* m_form;
  QComboBox* m_subject;
  QCheckBox* m_relatives;
  QPushButton* m_start;
  QPushButton* m_stop;
  QPushButton* m_copyCommand;
  QLabel* m_icon;
  QLabel* m_state;
  QLabel* m_step;
  QProgressBar* m_bar;
  QWidget* m_content;
  QTableView* m_table;
  QTextBrowser* m_details;
  QTableView* m_rowTable;
  QLabel* m_rowCount;
  QLineEdit* m_splitName;
  QPushButton* m_without;
  QPushButton* m_withoutAll;
  QPushButton* m_copyRows;
};

}  // namespace twofold::ui
