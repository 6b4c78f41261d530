// Items computed by several threads and handed over one after the other, in order.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace twofold::models {

/// Results do not depend on the number of threads as long as an item's depends on the item alone.
/// At most `ahead` items are computed or wait before the one whose turn it is.
template <class Result>
class OrderedWork {
 public:
  /// Called on any of the threads, for several items at once; long work looks at `stop`.
  using Compute = std::function<Result(std::int64_t item, const std::stop_token& stop)>;
  /// Called on the thread that runs.
  using Consume = std::function<void(std::int64_t item, Result&& result)>;

  OrderedWork(std::int64_t items, std::int64_t ahead, Compute compute)
      : m_items(items), m_ahead(ahead), m_compute(std::move(compute)) {}

  /// What either function throws ends the work and comes out here.
  void run(int threads, const Consume& consume) {
    std::vector<std::jthread> workers;
    workers.reserve(static_cast<std::size_t>(threads));
    for (int i = 0; i < threads; ++i) {
      workers.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
    try {
      for (std::int64_t item = 0; item < m_items; ++item) {
        consume(item, waitFor(item));
      }
    } catch (...) {
      for (auto& worker : workers) {
        worker.request_stop();
      }
      throw;
    }
  }

 private:
  void work(const std::stop_token& stop) {
    try {
      for (auto item = next(stop); item < m_items; item = next(stop)) {
        Result result = m_compute(item, stop);
        const std::lock_guard lock(m_mutex);
        m_results.emplace(item, std::move(result));
        m_ready.notify_one();
      }
    } catch (...) {
      const std::lock_guard lock(m_mutex);
      m_failure = std::current_exception();
      m_ready.notify_one();
    }
  }

  /// The next item to compute; m_items when there is none or the work was stopped.
  std::int64_t next(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    const bool isOpen =
        m_room.wait(lock, stop, [&] { return m_next == m_items || m_next < m_consumed + m_ahead; });
    return isOpen && m_next < m_items ? m_next++ : m_items;
  }

  Result waitFor(std::int64_t item) {
    std::unique_lock lock(m_mutex);
    m_ready.wait(lock, [&] { return m_failure || m_results.contains(item); });
    if (m_failure) {
      std::rethrow_exception(m_failure);
    }
    auto node = m_results.extract(item);
    m_consumed = item + 1;
    m_room.notify_all();
    return std::move(node.mapped());
  }

  std::int64_t m_items;
  std::int64_t m_ahead;
  Compute m_compute;
  std::mutex m_mutex;
  std::condition_variable_any m_room;
  std::condition_variable m_ready;
  std::int64_t m_next = 0;
  std::int64_t m_consumed = 0;
  std::map<std::int64_t, Result> m_results;
  std::exception_ptr m_failure;
};

}  // namespace twofold::models
