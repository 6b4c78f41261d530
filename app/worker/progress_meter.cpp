#include "app/worker/progress_meter.h"

#include <utility>

namespace twofold::app {

std::optional<runs::ProgressEvent> ProgressMeter::report(const Progress& progress,
                                                         Clock::time_point now) {
  const auto known = m_stages.find(progress.stage);
  if (known == m_stages.end() || progress.done < known->second.lastDone) {
    m_stages[std::string(progress.stage)] = {now, progress.done, progress.done};
  }
  auto& stage = m_stages.find(progress.stage)->second;
  stage.lastDone = progress.done;

  runs::ProgressEvent event{std::string(progress.stage),
                            progress.done,
                            progress.total,
                            std::string(progress.unit),
                            0,
                            -1};
  const double seconds = std::chrono::duration<double>(now - stage.start).count();
  const auto done = static_cast<double>(progress.done - stage.firstDone);
  if (seconds > 0 && done > 0) {
    event.rate = done / seconds;
    if (progress.total > 0) {
      event.secondsLeft = static_cast<double>(progress.total - progress.done) / event.rate;
    }
  }
  if (m_lastShown && now - *m_lastShown < kInterval) {
    m_heldBack = std::move(event);
    return std::nullopt;
  }
  m_heldBack.reset();
  m_lastShown = now;
  return event;
}

std::optional<runs::ProgressEvent> ProgressMeter::takeHeldBack() {
  return std::exchange(m_heldBack, std::nullopt);
}

}  // namespace twofold::app
