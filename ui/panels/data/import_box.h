// One worker command with its progress, its Stop and its counted report, in place of any dialog.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTextBrowser>
#include <memory>

#include "ui/bridge/worker_bridge.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

class ImportBox : public QFrame {
  Q_OBJECT
 public:
  explicit ImportBox(const Theme& theme, QWidget* parent = nullptr);
  ~ImportBox() override;

  /// Starts `twofold-worker arguments…` on the project; refuses (false) while one is at work.
  /// `left` is what a command that is stopped or fails leaves; empty: nothing was changed.
  bool run(const QString& project, const QStringList& arguments, const QString& title,
           const QString& left = {});
  void stop();
  /// For where the command can be copied elsewhere.
  void hideCopy() { m_copy->hide(); }
  /// Hides the report of what has ended.
  void forget();
  [[nodiscard]] bool isBusy() const { return m_command != nullptr; }
  [[nodiscard]] QString reportText() const { return m_report->toPlainText(); }

 Q_SIGNALS:
  /// What a command that succeeded gave, before finished().
  void reported(const formats::Json& body);
  void finished(bool done);

 private:
  void showProgress(const runs::ProgressEvent& progress);
  void succeed(const runs::ResultEvent& result);
  void fail(const QString& message);
  void showReport();
  enum class Ending { Done, Failed, Stopped };
  void end(Ending ending, const QString& words);

  const Theme& m_theme;
  std::unique_ptr<WorkerCommand> m_command;
  QString m_title;
  QString m_left;
  QString m_line;
  QLabel* m_icon;
  QLabel* m_state;
  QProgressBar* m_bar;
  QPushButton* m_stop;
  QPushButton* m_copy;
  QTextBrowser* m_report;
};

}  // namespace twofold::ui
