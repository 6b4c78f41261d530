// The template part of background.h.
#pragma once

#include <exception>
#include <type_traits>

#include "core/base/progress.h"

namespace twofold::ui {

/// What the work came to, and who wants to know: to be called in the GUI thread.
template <class Result, class Work, class Done>
std::function<void()> delivered(const Work& work, const Done& done) {
  auto outcome = std::make_shared<Outcome<Result>>(Cancelled{});
  try {
    *outcome = work();
  } catch (const StopRequested&) {
    *outcome = Cancelled{};
  } catch (const std::exception& error) {
    *outcome = Failed{error.what()};
  }
  return [outcome, done] { done(std::move(*outcome)); };
}

template <class Work, class Done>
void BackgroundTask::start(Work work, Done done) {
  using Result = std::invoke_result_t<Work, const std::stop_token&>;
  run([work = std::move(work), done = std::move(done)](const std::stop_token& stop) {
    return delivered<Result>([&] { return work(stop); }, done);
  });
}

template <class Work, class Done>
void BackgroundQueue::start(Work work, Done done) {
  using Result = std::invoke_result_t<Work>;
  run([work = std::move(work), done = std::move(done)] { return delivered<Result>(work, done); });
}

}  // namespace twofold::ui
