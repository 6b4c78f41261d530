#include "ui/bridge/run_queue.h"

#include <csignal>

#include <QDateTime>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/process_identity.h"
#include "core/process/child_process.h"
#include "core/runs/user_tables.h"
#include "core/store/pair_repository.h"
#include "core/store/user_channel_repository.h"
#include "ui/bridge/worker_stream.h"

namespace twofold::ui {

namespace {

constexpr int kPollMilliseconds = 200;

}  // namespace

RunQueue::RunQueue(QObject* parent) : QObject(parent) {
  m_timer.setInterval(kPollMilliseconds);
  connect(&m_timer, &QTimer::timeout, this, &RunQueue::poll);
}

RunQueue::~RunQueue() = default;

store::RunRepository RunQueue::repository() const {
  return store::RunRepository(m_project->database());
}

void RunQueue::setProject(store::Project* project) {
  m_timer.stop();
  m_project = project;
  m_version = -1;
  m_waiting.clear();
  m_live.clear();
  m_progress.clear();
  m_notBefore.clear();
  m_stopping.clear();
  m_workers.clear();
  m_shown.clear();
  m_problem.clear();
  if (m_project != nullptr) {
    poll();
    m_timer.start();
  }
}

QString RunQueue::submit(const runs::RunSpec& spec) {
  if (m_project == nullptr) {
    throw Error(ErrorKind::Usage, "no project is open; open one first");
  }
  const auto split =
      store::PairRepository(m_project->database()).splitInfo(spec.pairSet, spec.split);
  const auto recorded = runs::withTables(spec, store::UserChannelRepository(*m_project).channels());
  const auto record =
      repository().create(spec.experiment, runs::toJson(recorded).dump(), split.hash);
  const auto id = QString::fromStdString(record.id);
  m_waiting << id;
  startNext();
  Q_EMIT runsChanged();
  return id;
}

void RunQueue::resume(const QString& id) {
  if (m_waiting.contains(id) || m_live.contains(id)) {
    return;
  }
  const auto status = repository().run(id.toStdString()).status;
  if (!store::canResume(status) && status != store::RunStatus::Failed) {
    return;
  }
  repository().setStatus(id.toStdString(), store::RunStatus::Queued);
  m_workers.erase(id);
  m_waiting << id;
  startNext();
  Q_EMIT runsChanged();
}

void RunQueue::stop(const QString& id) {
  if (m_waiting.removeOne(id)) {
    repository().setStatus(id.toStdString(), store::RunStatus::Stopped, kStoppedEarly);
    Q_EMIT runsChanged();
    return;
  }
  const auto worker = repository().run(id.toStdString()).worker;
  const auto child = m_workers.find(id);
  if (worker && isAlive(*worker)) {
    ::kill(static_cast<pid_t>(worker->pid), SIGTERM);
  } else if (child != m_workers.end()) {
    child->second->stop();
  } else {
    return;
  }
  if (!m_stopping.contains(id)) {
    m_stopping[id] = QDateTime::currentMSecsSinceEpoch();
  }
  Q_EMIT runsChanged();
}

void RunQueue::remove(const QString& id) {
  if (m_live.contains(id)) {
    throw Error(ErrorKind::Usage, "run " + id.toStdString() + " is running; stop it first");
  }
  repository().remove(id.toStdString());
  m_waiting.removeOne(id);
  std::error_code problem;  // the run is gone; a file that stays behind is only noted
  std::filesystem::remove_all(m_project->runFolder(id.toStdString()), problem);
  if (problem) {
    Q_EMIT failed(tr("Run %1 is deleted, but its folder could not be: %2")
                      .arg(id, QString::fromStdString(problem.message())));
  }
  Q_EMIT runsChanged();
}

QStringList RunQueue::running() const {
  QStringList ids;
  for (const auto& [id, live] : m_live) {
    ids << id;
  }
  return ids;
}

runs::ProgressEvent RunQueue::progress(const QString& id) const {
  return m_progress.value(id);
}

void RunQueue::startNext() {
  if (!m_live.empty() || !m_project->readOnlyReason().empty()) {
    return;
  }
  for (const auto& id : m_waiting) {
    if (m_notBefore.value(id) <= QDateTime::currentMSecsSinceEpoch()) {
      const QString next = id;
      m_waiting.removeOne(next);
      m_notBefore.remove(next);
      startWorker(next);
      return;
    }
  }
}

void RunQueue::startWorker(const QString& id) {
  const std::string run = id.toStdString();
  try {
    makeFolders(m_project->runFolder(run));
    process::ChildOptions options = WorkerStream::workerOptions(
        {"run", "--project", QString::fromStdString(m_project->folder().string()), "--run", id,
         "--json"});
    options.pipes = false;
    options.outputFile = m_project->runFolder(run) / "log.txt";
    m_workers[id] = std::make_unique<process::ChildProcess>(options);
    follow(id);
  } catch (const Error& error) {
    repository().setStatus(run, store::RunStatus::Failed, error.what());
    Q_EMIT failed(error.what());
  }
}

}  // namespace twofold::ui
