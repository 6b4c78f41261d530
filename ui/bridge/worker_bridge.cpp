#include "ui/bridge/worker_bridge.h"

#include <optional>

#include "core/base/error.h"
#include "ui/bridge/throttle.h"
#include "ui/bridge/worker_stream.h"

namespace twofold::ui {

namespace {

constexpr int kStoppedOnRequest = 85;

QString quoted(const QString& argument) {
  static const QString kPlain = QStringLiteral("-_./,:=+@%");
  for (const QChar letter : argument) {
    if (!letter.isLetterOrNumber() && !kPlain.contains(letter)) {
      return '\'' + QString(argument).replace("'", "'\\''") + '\'';
    }
  }
  return argument.isEmpty() ? QStringLiteral("''") : argument;
}

}  // namespace

QString commandLine(const QStringList& arguments) {
  QString text = QStringLiteral("twofold-worker");
  for (const auto& argument : arguments) {
    text += ' ' + quoted(argument);
  }
  return text;
}

struct WorkerCommand::State {
  State(QStringList commandArguments, std::function<void(const runs::ProgressEvent&)> deliver)
      : arguments(std::move(commandArguments)),
        progress(std::chrono::milliseconds(100), std::move(deliver)) {}

  QStringList arguments;
  Throttle<runs::ProgressEvent> progress;
  std::unique_ptr<WorkerStream> stream;
  std::optional<runs::ResultEvent> result;
  bool stopWanted = false;
  QString error;
};

WorkerCommand::WorkerCommand(const QString& project, QStringList arguments, QObject* parent)
    : QObject(parent) {
  if (!project.isEmpty()) {
    arguments << "--project" << project;
  }
  m_state = std::make_unique<State>(
      std::move(arguments), [this](const runs::ProgressEvent& event) { Q_EMIT progressed(event); });
}

WorkerCommand::~WorkerCommand() = default;

void WorkerCommand::start() {
  try {
    m_state->stream = std::make_unique<WorkerStream>(m_state->arguments + QStringList{"--json"});
  } catch (const Error& error) {
    // Later, so that a caller who connects after start() hears of it too.
    const QString text = error.what();
    QMetaObject::invokeMethod(
        this, [this, text] { Q_EMIT failed(text); }, Qt::QueuedConnection);
    return;
  }
  connect(m_state->stream.get(), &WorkerStream::line, this, &WorkerCommand::take);
  connect(m_state->stream.get(), &WorkerStream::ended, this, &WorkerCommand::finish);
}

void WorkerCommand::stop() {
  if (m_state->stream) {
    m_state->stopWanted = true;
    m_state->stream->stop();
  }
}

bool WorkerCommand::isRunning() const {
  return m_state->stream != nullptr;
}

QString WorkerCommand::asCommandLine() const {
  return commandLine(m_state->arguments);
}

void WorkerCommand::take(const QByteArray& line) {
  const auto event = runs::eventFromLine(line.toStdString());
  if (!event) {
    return;
  }
  if (const auto* progress = std::get_if<runs::ProgressEvent>(&*event)) {
    m_state->progress.push(*progress);
  } else if (const auto* result = std::get_if<runs::ResultEvent>(&*event)) {
    m_state->result = *result;
  } else if (const auto* message = std::get_if<runs::MessageEvent>(&*event)) {
    Q_EMIT said(QString::fromStdString(message->text));
  } else if (const auto* error = std::get_if<runs::ErrorEvent>(&*event)) {
    m_state->error = QString::fromStdString(error->message);
  }
}

void WorkerCommand::finish(int status, const QString& errors) {
  m_state->progress.flush();
  m_state->stream.release()->deleteLater();
  // The receiver may delete this command: nothing of it is touched after a signal.
  if (status == 0 && m_state->result) {
    const runs::ResultEvent result = *m_state->result;
    Q_EMIT succeeded(result);
  } else if (status == kStoppedOnRequest || m_state->stopWanted) {
    Q_EMIT stopped();
  } else if (!m_state->error.isEmpty()) {
    const QString error = m_state->error;
    Q_EMIT failed(error);
  } else {
    Q_EMIT failed(tr("The worker ended with status %1 and no result. %2").arg(status).arg(errors));
  }
}

}  // namespace twofold::ui
