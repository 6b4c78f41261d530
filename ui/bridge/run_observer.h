// Reads a run's events.jsonl from where it left off.
#pragma once

#include <QString>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/process/message_stream.h"
#include "core/runs/run_event.h"

namespace twofold::ui {

/// At most 1 MiB is read a call, so that a flood of lines never holds the window up.
class RunObserver {
 public:
  explicit RunObserver(std::filesystem::path eventFile);

  /// New events since the last call; none when the file is not there yet.
  [[nodiscard]] std::vector<runs::RunEvent> read();

 private:
  std::filesystem::path m_file;
  std::int64_t m_offset = 0;
  process::MessageStream m_lines;
};

/// What an event adds to a run's log; empty for progress, metrics and results.
[[nodiscard]] QString logText(const runs::RunEvent& event);

}  // namespace twofold::ui
