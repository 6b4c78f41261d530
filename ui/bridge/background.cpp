#include "ui/bridge/background.h"

#include <QCoreApplication>

namespace twofold::ui {

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
    auto deliver = job(token);
    auto* application = QCoreApplication::instance();
    if (application == nullptr) {
      return;
    }
    QMetaObject::invokeMethod(
        application,
        [deliver = std::move(deliver), generation, weak] {
          const auto state = weak.lock();
          if (state != nullptr && state->generation == generation) {
            state->running = false;
            deliver();
          }
        },
        Qt::QueuedConnection);
  });
}

}  // namespace twofold::ui
