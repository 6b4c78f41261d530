#include "core/base/parallel.h"

#include <exception>
#include <thread>
#include <vector>

namespace twofold {

void inParts(std::size_t parts, std::size_t count,
             const std::function<void(std::size_t, std::size_t, std::size_t)>& work) {
  std::vector<std::exception_ptr> failures(parts);
  const auto guarded = [&](std::size_t part) {
    const std::size_t begin = count * part / parts;
    const std::size_t end = count * (part + 1) / parts;
    try {
      if (begin < end) {
        work(part, begin, end);
      }
    } catch (...) {
      failures[part] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t part = 0; part + 1 < parts; ++part) {
      threads.emplace_back(guarded, part);
    }
    guarded(parts - 1);
  }
  for (const auto& failure : failures) {
    if (failure) {
      std::rethrow_exception(failure);
    }
  }
}

}  // namespace twofold
