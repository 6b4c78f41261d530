// Lines of stdin that end early when the process is asked to stop.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/process/message_stream.h"

namespace twofold::app {

class RequestLines {
 public:
  explicit RequestLines(const std::stop_token& stop);
  ~RequestLines();
  RequestLines(const RequestLines&) = delete;
  RequestLines& operator=(const RequestLines&) = delete;

  /// The next line, or nothing at the end of the input. Throws StopRequested.
  [[nodiscard]] std::optional<std::string> next();
  /// Lines that were too long and left out, since the last call.
  [[nodiscard]] std::int64_t takeDropped();

 private:
  void readMore();

  std::stop_token m_stop;
  int m_wakeRead = -1;
  int m_wakeWrite = -1;
  process::MessageStream m_stream{std::size_t{1} << 20};
  std::vector<std::string> m_lines;  // newest last
  std::size_t m_taken = 0;
  bool m_ended = false;
  std::int64_t m_reportedDrops = 0;
};

}  // namespace twofold::app
