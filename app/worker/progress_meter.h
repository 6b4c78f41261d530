// Thins the reports of long work to a few a second and adds rate and time left.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "core/base/progress.h"
#include "core/runs/run_event.h"

namespace twofold::app {

class ProgressMeter {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kInterval{200};

  /// The event to show now, or nothing when the last one is too recent. Rates are measured from a
  /// stage's first report, across other stages that come in between.
  [[nodiscard]] std::optional<runs::ProgressEvent> report(const Progress& progress,
                                                          Clock::time_point now);
  /// The newest report when it was held back: to be shown before the work's last word.
  [[nodiscard]] std::optional<runs::ProgressEvent> takeHeldBack();

 private:
  struct Stage {
    Clock::time_point start;
    std::int64_t firstDone = 0;
    std::int64_t lastDone = 0;
  };

  std::map<std::string, Stage, std::less<>> m_stages;
  std::optional<Clock::time_point> m_lastShown;
  std::optional<runs::ProgressEvent> m_heldBack;
};

}  // namespace twofold::app
