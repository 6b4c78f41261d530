// Work off the GUI thread whose result arrives on it, or vanishes with its receiver.
#pragma once

#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

#include "core/base/outcome.h"

namespace twofold::ui {

/// Newest wins: a later start() stops the earlier one and its result is dropped, as it is when the
/// owner is destroyed. The work must capture values only and open its own store connection.
class BackgroundTask {
 public:
  BackgroundTask();
  ~BackgroundTask();
  BackgroundTask(const BackgroundTask&) = delete;
  BackgroundTask& operator=(const BackgroundTask&) = delete;

  /// `work(stop)` runs in a pool thread; `done(Outcome<T>)` in the GUI thread. Errors thrown by
  /// the work arrive as Failed, StopRequested as Cancelled.
  template <class Work, class Done>
  void start(Work work, Done done);

  void stop();
  [[nodiscard]] bool isRunning() const;

 private:
  struct State;
  void run(std::function<std::function<void()>(const std::stop_token&)> job);
  std::shared_ptr<State> m_state;
};

/// One after the other in the order of start(), none dropped: for what is written. The destructor
/// waits for what was started; only the words of its end are then lost.
class BackgroundQueue {
 public:
  BackgroundQueue();
  ~BackgroundQueue();
  BackgroundQueue(const BackgroundQueue&) = delete;
  BackgroundQueue& operator=(const BackgroundQueue&) = delete;

  /// As BackgroundTask::start(), but `work()` has no token: it cannot be stopped.
  template <class Work, class Done>
  void start(Work work, Done done);

  [[nodiscard]] bool isRunning() const;

 private:
  struct State;
  void run(std::function<std::function<void()>()> job);
  std::shared_ptr<State> m_state;
  QThreadPool m_thread;
};

}  // namespace twofold::ui

#include "ui/bridge/background_impl.h"
