#include "ui/bridge/worker_stream.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QThreadPool>
#include <tuple>

namespace twofold::ui {

namespace {

constexpr qsizetype kErrorTail = 4096;
constexpr std::chrono::milliseconds kPatience{5000};
/// A worker may end while a child of its own still holds its output open.
constexpr int kLookMilliseconds = 250;
constexpr int kLookSoonMilliseconds = 20;

}  // namespace

WorkerStream::WorkerStream(const QStringList& arguments, QObject* parent)
    : QObject(parent),
      m_process(std::make_shared<process::ChildProcess>(workerOptions(arguments))),
      m_output(m_process->outputDescriptor(), QSocketNotifier::Read),
      m_error(m_process->errorDescriptor(), QSocketNotifier::Read) {
  connect(&m_output, &QSocketNotifier::activated, this, &WorkerStream::readOutput);
  connect(&m_error, &QSocketNotifier::activated, this, &WorkerStream::readErrors);
  connect(&m_reaper, &QTimer::timeout, this, &WorkerStream::poll);
  m_reaper.start(kLookMilliseconds);
  m_killer.setSingleShot(true);
  m_killer.setInterval(kPatience);
  connect(&m_killer, &QTimer::timeout, this, [this] { m_process->stop(true); });
}

WorkerStream::~WorkerStream() {
  if (m_ended) {
    return;
  }
  m_process->closeInput();
  m_process->stop();
  // Waited for elsewhere, so that neither the window stalls nor a stubborn worker stays behind.
  QThreadPool::globalInstance()->start([process = m_process] {
    if (!process->waitFor(kPatience / 2)) {
      process->stop(true);
      std::ignore = process->waitFor(kPatience / 2);
    }
  });
}

bool WorkerStream::send(const QByteArray& line) {
  return m_process->write(
      std::string_view(line.constData(), static_cast<std::size_t>(line.size())));
}

void WorkerStream::stop() {
  m_process->stop();
  m_killer.start();
}

bool WorkerStream::readOutput() {
  bool atEnd = false;
  const std::string bytes =
      process::ChildProcess::readAvailable(m_process->outputDescriptor(), atEnd);
  if (atEnd) {
    m_output.setEnabled(false);
    m_reaper.start(kLookSoonMilliseconds);
  }
  for (const auto& text : m_lines.feed(bytes)) {
    Q_EMIT line(QByteArray::fromStdString(text));
  }
  return !bytes.empty();
}

void WorkerStream::readErrors() {
  bool atEnd = false;
  m_errorTail += QByteArray::fromStdString(
      process::ChildProcess::readAvailable(m_process->errorDescriptor(), atEnd));
  m_errorTail = m_errorTail.right(kErrorTail);
  m_error.setEnabled(!atEnd);
}

void WorkerStream::poll() {
  const auto status = m_process->poll();
  if (!status || m_ended) {
    return;
  }
  m_ended = true;
  m_reaper.stop();
  m_killer.stop();
  while (m_output.isEnabled() && readOutput()) {
  }
  m_output.setEnabled(false);
  readErrors();
  m_error.setEnabled(false);
  Q_EMIT ended(*status, QString::fromUtf8(m_errorTail).trimmed());
}

process::ChildOptions WorkerStream::workerOptions(const QStringList& arguments) {
  process::ChildOptions options;
  options.program = workerPath().toStdString();
  for (const auto& argument : arguments) {
    options.arguments.push_back(argument.toStdString());
  }
  // Spinning threads would take the cores from the window and from each other's workers.
  options.environment = {"OMP_WAIT_POLICY=PASSIVE"};
  return options;
}

QString WorkerStream::workerPath() {
  const QString given = qEnvironmentVariable("TWOFOLD_WORKER");
  if (!given.isEmpty()) {
    return given;
  }
  const QString folder = QCoreApplication::applicationDirPath();
  const QString inBuildTree = folder + "/../worker/twofold-worker";
  return QFileInfo::exists(inBuildTree) ? QFileInfo(inBuildTree).canonicalFilePath()
                                        : folder + "/twofold-worker";
}

}  // namespace twofold::ui
