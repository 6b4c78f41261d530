// The other ranks of `--ranks`: processes of this same program on this machine, watched by it.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "core/process/child_process.h"
#include "core/process/message_stream.h"
#include "core/process/rank_place.h"

namespace twofold::app {

/// A place for rank 0 of `ranks` processes on this machine, with a socket at a free port. The
/// socket passes to who listens on it. Throws Error(Io).
[[nodiscard]] process::RankPlace placeOnThisMachine(int ranks);

/// Its end asks those that still work to stop, and soon ends them.
class LocalRanks {
 public:
  /// Starts ranks 1 to size - 1 with `arguments`. `lost` hears of the first that fails.
  LocalRanks(const process::RankPlace& place, const std::vector<std::string>& arguments,
             std::stop_source lost);
  ~LocalRanks();
  LocalRanks(const LocalRanks&) = delete;
  LocalRanks& operator=(const LocalRanks&) = delete;

  /// What became of the first that failed, as a sentence; waits that long for one to fail.
  [[nodiscard]] std::optional<std::string> failure(std::chrono::milliseconds patience) const;

 private:
  struct Rank {
    std::unique_ptr<process::ChildProcess> process;
    process::MessageStream lines{};
    std::string message{};  // of its last error line
    bool hasEnded = false;
  };

  void watch(const std::stop_token& stop);
  void look(std::size_t index);
  void start(const process::RankPlace& place, const std::vector<std::string>& arguments);
  void waitForAll(std::chrono::milliseconds patience);

  int m_size;
  std::vector<Rank> m_ranks;  // of rank 1 and on; the watching thread's while it runs
  std::stop_source m_lost;
  mutable std::mutex m_mutex;
  std::string m_failure;  // under the mutex
  std::jthread m_watcher;
};

}  // namespace twofold::app
