// The two strips of a panel that starts a command of the worker: under its form what would be
// started, with the buttons; over its result how it goes and how it ended.
#pragma once

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <functional>
#include <memory>

#include "ui/bridge/worker_bridge.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

/// One command at a time; it ends with the pane. The panel places both strips.
class WorkerPane : public QObject {
  Q_OBJECT
 public:
  /// Widgets are named by the stem: "Study" gives startStudy, stopStudy, copyStudyCommand,
  /// studySummary, studyProblem, studyState, studyStep.
  struct Words {
    QString stem;
    QString start;    // "Run the study"
    QString failed;   // "The study failed. %1"
    QString stopped;  // what is kept, and how it goes on
  };

  WorkerPane(Session& session, const Theme& theme, Words words, QWidget* panel);
  ~WorkerPane() override;

  [[nodiscard]] QWidget* footer() const { return m_footer; }
  [[nodiscard]] QWidget* header() const { return m_header; }
  [[nodiscard]] QPushButton* startButton() const { return m_start; }
  /// Beside what the command says; buttons for the result.
  void addToHeader(QWidget* widget) { m_headerRow->addWidget(widget); }
  /// A second thing to start, left of Stop.
  void addToFooter(QWidget* widget);

  /// What "start" would start, and "copy" copies, without the project. It may throw Error(Usage).
  void setArguments(std::function<QStringList()> arguments) { m_arguments = std::move(arguments); }
  /// Either may be empty; with a problem nothing can be started.
  void describe(const QString& summary, const QString& problem);
  /// Ends what runs, without a word of it.
  void reset(const QString& words);

  /// Nothing while a command runs. Emits runningChanged().
  void start(const QStringList& arguments, const QString& words);
  [[nodiscard]] bool isRunning() const { return m_command != nullptr; }
  void say(const QString& words);
  /// In the place of what would be said of a success.
  void fail(const QString& reason);

 Q_SIGNALS:
  void startWanted();
  void runningChanged();
  void said(const QString& sentence);
  /// The command is over; say() or fail() tells of it.
  void succeeded(const runs::ResultEvent& result);

 private:
  enum class Ending { Done, Stopped, Failed };
  void buildFooter(QWidget* panel);
  void buildHeader(QWidget* panel);
  [[nodiscard]] QByteArray named(const char* before, const char* after = "") const;
  void copyCommand();
  void askToStop();
  void showProgress(const runs::ProgressEvent& progress);
  void end(Ending ending, const QString& words);
  void mark(Ending ending);
  void showRunning();

  Session& m_session;
  const Theme& m_theme;
  Words m_words;
  std::function<QStringList()> m_arguments;
  std::unique_ptr<WorkerCommand> m_command;

  QFrame* m_footer;
  QLabel* m_summary;
  QLabel* m_problem;
  QHBoxLayout* m_buttons;
  QPushButton* m_start;
  QPushButton* m_stop;
  QPushButton* m_copy;
  QWidget* m_header;
  QHBoxLayout* m_headerRow;
  QLabel* m_icon;
  QLabel* m_state;
  QLabel* m_step;
  QProgressBar* m_bar;
};

/// Fills `page`: the form, which scrolls, over the pane's footer at the left; the pane's header
/// over the result at the right.
void placeSides(QWidget* page, QWidget* form, const WorkerPane& pane, QWidget* result);

}  // namespace twofold::ui
