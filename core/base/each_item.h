// Many items of unequal work over a few threads.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string_view>

#include "core/base/progress.h"

namespace twofold {

struct ManyItems {
  std::size_t count = 0;
  std::string_view stage{};  // of the progress
  std::string_view unit{};
};

/// Calls work(item) for each, handed out one after the other, on `threads` threads of which one is
/// the caller's; 0 threads: as many as the machine has cores. Progress every few items and at the
/// end, never two at once. The first exception is thrown on and ends the others. Throws
/// StopRequested.
void eachItem(std::size_t threads, const ManyItems& items, const ProgressSink& progress,
              const std::stop_token& stop, const std::function<void(std::size_t)>& work);

}  // namespace twofold
