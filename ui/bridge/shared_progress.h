// Progress of work off the GUI thread, looked at by a timer of the GUI thread.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/progress.h"
#include "core/runs/run_event.h"

namespace twofold::ui {

class SharedProgress {
 public:
  SharedProgress() : m_state(std::make_shared<State>()) {}

  /// For the work, which may outlive this.
  [[nodiscard]] ProgressSink sink() const {
    return [state = m_state](const Progress& progress) {
      const std::lock_guard lock(state->guard);
      if (state->stage != progress.stage) {
        state->stage = progress.stage;
        state->start = Clock::now();
      }
      state->done = progress.done;
      state->total = progress.total;
      state->unit = progress.unit;
    };
  }

  /// What the work said last, with an estimate; nothing before its first word.
  [[nodiscard]] std::optional<runs::ProgressEvent> look() const {
    const std::lock_guard lock(m_state->guard);
    if (m_state->stage.empty()) {
      return std::nullopt;
    }
    runs::ProgressEvent event{m_state->stage, m_state->done, m_state->total, m_state->unit, 0, -1};
    const double seconds = std::chrono::duration<double>(Clock::now() - m_state->start).count();
    if (event.done > 0 && event.total >= event.done && seconds > 0) {
      event.rate = static_cast<double>(event.done) / seconds;
      event.secondsLeft = static_cast<double>(event.total - event.done) / event.rate;
    }
    return event;
  }

 private:
  using Clock = std::chrono::steady_clock;

  struct State {
    std::mutex guard;
    std::string stage;
    std::string unit;
    std::int64_t done = 0;
    std::int64_t total = 0;
    Clock::time_point start;
  };

  std::shared_ptr<State> m_state;
};

}  // namespace twofold::ui
