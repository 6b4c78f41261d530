// SIGTERM and SIGINT become a stop token: work stops at its next checkpoint.
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace twofold::app {

/// Make one before any other thread starts, since threads inherit the blocked signals. A second
/// SIGINT (Ctrl+C again) ends the process at once.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }

 private:
  void watch();

  std::stop_source m_source;
  std::atomic<bool> m_ending = false;
  std::thread m_thread;
};

}  // namespace twofold::app
