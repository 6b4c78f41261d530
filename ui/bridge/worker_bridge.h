// Starts twofold-worker for short commands (import, split, catalog, evaluate) and hands over its
// JSON lines as signals. Runs go through RunQueue, live scores through ServeClient.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>

#include "core/runs/run_event.h"

namespace twofold::ui {

/// The command line for a terminal, quoted: "twofold-worker import …".
[[nodiscard]] QString commandLine(const QStringList& arguments);

/// One command, one process. Deleting it while it runs stops the worker. GUI thread.
class WorkerCommand : public QObject {
  Q_OBJECT
 public:
  /// `arguments` without --json and --project, which are added. `project` may be empty.
  WorkerCommand(const QString& project, QStringList arguments, QObject* parent = nullptr);
  ~WorkerCommand() override;

  void start();
  void stop();
  [[nodiscard]] bool isRunning() const;
  /// The same command for a terminal, quoted.
  [[nodiscard]] QString asCommandLine() const;

 Q_SIGNALS:
  void progressed(const runs::ProgressEvent& progress);  // at most 10 a second, the last never lost
  void said(const QString& sentence);                    // a message event, each of them
  // Exactly one of these three ends a command.
  void succeeded(const runs::ResultEvent& result);
  void failed(const QString& message);
  void stopped();

 private:
  void take(const QByteArray& line);
  void finish(int status, const QString& errors);

  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace twofold::ui
