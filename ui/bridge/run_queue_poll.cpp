// What the run queue does five times a second.
#include <csignal>

#include <QDateTime>
#include <algorithm>
#include <fstream>

#include "core/base/error.h"
#include "core/base/process_identity.h"
#include "ui/bridge/run_queue.h"

namespace twofold::ui {

namespace {

/// A queued run that this window did not put in belongs, for this long, to whoever did: the
/// worker's `train` makes a run and then claims it.
constexpr qint64 kForeignMilliseconds = 2000;

/// The last line of a worker's log: its error's message, or the text itself.
std::string lastWords(const std::filesystem::path& log) {
  constexpr std::streamoff kTail = 4096;
  std::ifstream stream(log, std::ios::binary | std::ios::ate);
  if (!stream) {
    return {};
  }
  const std::streamoff size = stream.tellg();
  stream.seekg(std::max<std::streamoff>(0, size - kTail));
  std::string last;
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty()) {
      last = line;
    }
  }
  const auto event = runs::eventFromLine(last);
  const auto* error = event ? std::get_if<runs::ErrorEvent>(&*event) : nullptr;
  return error != nullptr ? error->message : last;
}

}  // namespace

void RunQueue::poll() {
  for (auto& [id, live] : m_live) {
    takeEvents(id, live.observer);
  }
  try {
    reapWorkers();
    killStubborn();
    const auto version = m_project->database().dataVersion();
    if (version != m_version) {
      readStore();
      m_version = version;
    }
    const auto isDead = [](const auto& entry) {
      return entry.second.worker && !isAlive(*entry.second.worker);
    };
    if (m_project->readOnlyReason().empty() && std::any_of(m_live.begin(), m_live.end(), isDead)) {
      repository().reapInterrupted();
      readStore();
    }
    startNext();
    m_problem.clear();
  } catch (const Error& error) {
    // A store that is busy may answer at the next look: say it once and go on.
    if (m_problem != error.what()) {
      m_problem = error.what();
      Q_EMIT failed(m_problem);
    }
  }
}

void RunQueue::readStore() {
  std::map<QString, std::optional<ProcessIdentity>> live;
  QStringList queued;
  std::string shown;
  for (const auto& run : repository().states()) {
    shown += run.id + '/' + std::to_string(static_cast<int>(run.status)) + '/' +
             std::to_string(run.parts) + ' ';
    const auto id = QString::fromStdString(run.id);
    if (run.status == store::RunStatus::Running) {
      live[id] = run.worker;
    } else if (run.status == store::RunStatus::Queued && m_workers.contains(id)) {
      live[id] = std::nullopt;  // started, has not claimed it yet
    } else if (run.status == store::RunStatus::Queued) {
      queued << id;
    }
  }
  for (const auto& id : running()) {
    if (!live.contains(id)) {
      takeEvents(id, m_live.at(id).observer);
      m_live.erase(id);
      m_progress.remove(id);
      m_stopping.remove(id);
    }
  }
  for (const auto& [id, worker] : live) {
    follow(id);
    m_live.at(id).worker = worker;
  }
  orderWaiting(queued);
  // A run that learns commits at each epoch; lists of runs are none the wiser for it.
  if (shown != m_shown) {
    m_shown = std::move(shown);
    Q_EMIT runsChanged();
  }
}

void RunQueue::orderWaiting(const QStringList& queued) {
  // In the order in which they were put in; new ones come last.
  QStringList ordered;
  for (const auto& id : m_waiting + queued) {
    if (queued.contains(id) && !ordered.contains(id)) {
      ordered << id;
      if (!m_waiting.contains(id)) {
        m_notBefore[id] = QDateTime::currentMSecsSinceEpoch() + kForeignMilliseconds;
      }
    }
  }
  m_waiting = ordered;
}

void RunQueue::reapWorkers() {
  QStringList ended;
  for (const auto& [id, worker] : m_workers) {
    if (worker->poll()) {
      ended << id;
    }
  }
  for (const auto& id : ended) {
    m_workers.erase(id);
    workerEnded(id);
  }
}

void RunQueue::workerEnded(const QString& id) {
  const std::string run = id.toStdString();
  m_version = -1;
  if (repository().run(run).status != store::RunStatus::Queued) {
    return;
  }
  if (m_stopping.contains(id)) {
    repository().setStatus(run, store::RunStatus::Stopped, kStoppedEarly);
    return;
  }
  const std::string reason = lastWords(m_project->runFolder(run) / "log.txt");
  repository().setStatus(run, store::RunStatus::Failed,
                         reason.empty() ? "the worker ended before it began" : reason);
}

void RunQueue::killStubborn() {
  for (auto it = m_stopping.begin(); it != m_stopping.end(); ++it) {
    if (QDateTime::currentMSecsSinceEpoch() - it.value() < m_patience.count()) {
      continue;
    }
    const auto live = m_live.find(it.key());
    const auto child = m_workers.find(it.key());
    if (live != m_live.end() && live->second.worker && isAlive(*live->second.worker)) {
      ::kill(static_cast<pid_t>(live->second.worker->pid), SIGKILL);
    } else if (child != m_workers.end()) {
      child->second->stop(true);
    }
  }
}

void RunQueue::follow(const QString& id) {
  if (!m_live.contains(id)) {
    m_live.emplace(id,
                   Live{RunObserver(m_project->runFolder(id.toStdString()) / "events.jsonl"), {}});
  }
}

void RunQueue::takeEvents(const QString& id, RunObserver& observer) {
  bool moved = false;
  for (const auto& event : observer.read()) {
    if (const auto* progress = std::get_if<runs::ProgressEvent>(&event)) {
      m_progress[id] = *progress;
      moved = true;
    } else if (const QString text = logText(event); !text.isEmpty()) {
      Q_EMIT eventLogged(id, text);
    }
  }
  if (moved) {
    Q_EMIT progressed(id);
  }
}

}  // namespace twofold::ui
