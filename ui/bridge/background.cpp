#include "ui/bridge/background.h"

#include <QCoreApplication>

namespace twofold::ui {

namespace {

/// Calls `deliver` in the GUI thread, if there still is one.
void callInGui(std::function<void()> deliver) {
  if (auto* application = QCoreApplication::instance()) {
    QMetaObject::invokeMethod(application, std::move(deliver), Qt::QueuedConnection);
  }
}

}  // namespace

/// Lives as long as the task or its work, whichever is longer; touched in the GUI thread only,
/// but for the stop source.
struct BackgroundTask::State {
  std::stop_source stop;
  std::uint64_t generation = 0;
  bool running = false;
};

BackgroundTask::BackgroundTask() : m_state(std::make_shared<State>()) {}

BackgroundTask::~BackgroundTask() {
  stop();
}

void BackgroundTask::stop() {
  m_state->stop.request_stop();
  ++m_state->generation;
  m_state->running = false;
}

bool BackgroundTask::isRunning() const {
  return m_state->running;
}

void BackgroundTask::run(std::function<std::function<void()>(const std::stop_token&)> job) {
  stop();
  m_state->stop = std::stop_source();
  m_state->running = true;
  QThreadPool::globalInstance()->start([job = std::move(job), token = m_state->stop.get_token(),
                                        generation = m_state->generation,
                                        weak = std::weak_ptr<State>(m_state)] {
    callInGui([deliver = job(token), generation, weak] {
      const auto state = weak.lock();
      if (state != nullptr && state->generation == generation) {
        state->running = false;
        deliver();
      }
    });
  });
}

/// Touched in the GUI thread only.
struct BackgroundQueue::State {
  int waiting = 0;  // or running
};

BackgroundQueue::BackgroundQueue() : m_state(std::make_shared<State>()) {
  m_thread.setMaxThreadCount(1);
}

BackgroundQueue::~BackgroundQueue() = default;

bool BackgroundQueue::isRunning() const {
  return m_state->waiting > 0;
}

void BackgroundQueue::run(std::function<std::function<void()>()> job) {
  ++m_state->waiting;
  m_thread.start([job = std::move(job), weak = std::weak_ptr<State>(m_state)] {
    callInGui([deliver = job(), weak] {
      if (const auto state = weak.lock()) {
        --state->waiting;
        deliver();
      }
    });
  });
}

}  // namespace twofold::ui
