// The runs of a project as work: one worker at a time, the rest wait; workers outlive the window.
#pragma once

#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <chrono>
#include <map>
#include <memory>

#include "core/process/child_process.h"
#include "core/runs/run_event.h"
#include "core/runs/run_spec.h"
#include "core/store/project.h"
#include "core/store/run_repository.h"
#include "ui/bridge/run_observer.h"

namespace twofold::ui {

/// GUI thread. Looks at the store and at the event files of live runs five times a second.
class RunQueue : public QObject {
  Q_OBJECT
 public:
  explicit RunQueue(QObject* parent = nullptr);
  ~RunQueue() override;

  /// Null: no project. Runs whose worker died are marked interrupted, live ones are followed.
  void setProject(store::Project* project);

  /// Makes a queued run and starts it when nothing runs. Returns its id; throws Error.
  QString submit(const runs::RunSpec& spec);
  /// Puts a stopped, interrupted or failed run back into the queue.
  void resume(const QString& id);
  /// Asks the worker to stop at a checkpoint and kills one that has not after the patience; takes
  /// a waiting run out of the queue.
  void stop(const QString& id);
  void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }
  [[nodiscard]] bool isStopping(const QString& id) const { return m_stopping.contains(id); }
  /// Row, series and folder; not while it runs. Throws Error.
  void remove(const QString& id);

  /// Ids of queued runs in their order, and of the running ones.
  [[nodiscard]] QStringList waiting() const { return m_waiting; }
  [[nodiscard]] QStringList running() const;
  /// The newest progress of a live run; a default one before the first.
  [[nodiscard]] runs::ProgressEvent progress(const QString& id) const;

 Q_SIGNALS:
  void runsChanged();
  void progressed(const QString& id);
  void eventLogged(const QString& id, const QString& text);
  void failed(const QString& message);

 private:
  static constexpr const char* kStoppedEarly = "stopped before it began";

  struct Live {
    RunObserver observer;
    std::optional<ProcessIdentity> worker;  // once it has claimed the run
  };

  void poll();
  void readStore();
  void orderWaiting(const QStringList& queued);
  void reapWorkers();
  void workerEnded(const QString& id);
  void killStubborn();
  void follow(const QString& id);
  void takeEvents(const QString& id, RunObserver& observer);
  void startNext();
  void startWorker(const QString& id);
  [[nodiscard]] store::RunRepository repository() const;

  store::Project* m_project = nullptr;
  QTimer m_timer;
  std::int64_t m_version = -1;
  QStringList m_waiting;
  std::map<QString, Live> m_live;
  QMap<QString, runs::ProgressEvent> m_progress;
  QMap<QString, qint64> m_notBefore;  // runs that others put in: ms since 1970
  QMap<QString, qint64> m_stopping;   // since when, ms since 1970
  // Started here; kept so that they are reaped and one that never claims its run is noticed.
  std::map<QString, std::unique_ptr<process::ChildProcess>> m_workers;
  std::chrono::milliseconds m_patience{15'000};
  std::string m_shown;  // what lists of runs show of the store
  QString m_problem;    // said already
};

}  // namespace twofold::ui
