// A twofold-worker under this window: its lines as they come, its end with what it said last.
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <memory>

#include "core/process/child_process.h"
#include "core/process/message_stream.h"

namespace twofold::ui {

/// GUI thread. Deleting it asks a worker that still runs to stop, and kills one that does not.
class WorkerStream : public QObject {
  Q_OBJECT
 public:
  /// Throws Error when the worker cannot be started.
  explicit WorkerStream(const QStringList& arguments, QObject* parent = nullptr);
  ~WorkerStream() override;

  /// False when the worker no longer reads.
  bool send(const QByteArray& line);
  /// Stops at the worker's next chance; one that has not within 5 s is killed.
  void stop();

  /// twofold-worker beside this program, in the build tree, or TWOFOLD_WORKER.
  [[nodiscard]] static QString workerPath();
  /// How the window starts a worker.
  [[nodiscard]] static process::ChildOptions workerOptions(const QStringList& arguments);

 Q_SIGNALS:
  void line(const QByteArray& text);
  /// `status` as of a shell (128 + signal when killed); `errors` is the tail of its error output.
  void ended(int status, const QString& errors);

 private:
  bool readOutput();
  void readErrors();
  void poll();

  std::shared_ptr<process::ChildProcess> m_process;  // outlives this until it is reaped
  process::MessageStream m_lines;
  QSocketNotifier m_output;
  QSocketNotifier m_error;
  QTimer m_reaper;
  QTimer m_killer;
  QByteArray m_errorTail;
  bool m_ended = false;
};

}  // namespace twofold::ui
