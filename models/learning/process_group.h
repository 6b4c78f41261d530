// The processes that train one model together: how they meet, add up, wait and fail. Its .cpp is
// the only user of c10d: Gloo between processors. Between GPUs NCCL where every rank has it, else
// Gloo through memory.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>

#include "core/base/error.h"
#include "core/process/rank_place.h"

namespace at {
class Tensor;
}

namespace twofold::models {

/// Another rank is gone, or told why it goes. The message names what is known of it.
class RankLost : public Error {
 public:
  explicit RankLost(const std::string& message) : Error(ErrorKind::Io, message) {}
};

/// Every rank makes the same calls in the same order, but for fail() and throwIfFailed(). All throw
/// RankLost, and StopRequested where the rank that left was asked to stop. One thread.
class ProcessGroup {
 public:
  /// Meets the others, each of which must come, and afterwards answer, within `patience`. Throws
  /// RankLost saying who came, StopRequested.
  ProcessGroup(const process::RankPlace& place, std::chrono::milliseconds patience,
               const std::stop_token& stop);
  ~ProcessGroup();
  ProcessGroup(const ProcessGroup&) = delete;
  ProcessGroup& operator=(const ProcessGroup&) = delete;

  [[nodiscard]] int rank() const;
  [[nodiscard]] int size() const;
  [[nodiscard]] bool isFirst() const { return rank() == 0; }
  [[nodiscard]] const process::RankPlace& place() const;

  /// Replaces `values`, contiguous, by their sum over the ranks: the same bits on each.
  void allReduce(at::Tensor& values) const;
  /// Replaces `values`, contiguous, by those of rank 0.
  void broadcast(at::Tensor& values) const;
  void barrier() const;

  /// Rank 0 says `text` under `name`, the others wait for it, as long as rank 0 lives. For waits
  /// that may outlast `patience`. Throws StopRequested.
  [[nodiscard]] std::string fromFirst(const std::string& name, const std::string& text,
                                      const std::stop_token& stop) const;

  /// Tells the others why this rank leaves before the end; an empty reason: it was asked to stop.
  /// Waits until they have heard it, but not long.
  void fail(const std::string& reason) const noexcept;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace twofold::models
