// What long work reports while it runs, and how it learns that it should stop.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string_view>

namespace twofold {

/// One report: stage "Embedding proteins", `done` of `total` (0 when unknown) `unit`s.
struct Progress {
  std::string_view stage;
  std::int64_t done = 0;
  std::int64_t total = 0;
  std::string_view unit;
};

/// Called from the working thread, as often as the work likes; the receiver throttles.
using ProgressSink = std::function<void(const Progress&)>;

/// Thrown by long work that saw its stop token; becomes Outcome's Cancelled, never an error.
struct StopRequested {};

inline void throwIfStopped(const std::stop_token& stop) {
  if (stop.stop_requested()) {
    throw StopRequested{};
  }
}

}  // namespace twofold
