// The template part of background.h.
#pragma once

#include <exception>
#include <type_traits>

#include "core/base/progress.h"

namespace twofold::ui {

template <class Work, class Done>
void BackgroundTask::start(Work work, Done done) {
  using Result = std::invoke_result_t<Work, const std::stop_token&>;
  run([work = std::move(work),
       done = std::move(done)](const std::stop_token& stop) -> std::function<void()> {
    auto outcome = std::make_shared<Outcome<Result>>(Cancelled{});
    try {
      *outcome = work(stop);
    } catch (const StopRequested&) {
      *outcome = Cancelled{};
    } catch (const std::exception& error) {
      *outcome = Failed{error.what()};
    }
    return [outcome, done] { done(std::move(*outcome)); };
  });
}

}  // namespace twofold::ui
