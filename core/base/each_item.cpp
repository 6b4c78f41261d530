#include "core/base/each_item.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "core/base/parallel.h"

namespace twofold {

namespace {

constexpr std::size_t kReportedEach = 16;  // items

class Teller {
 public:
  Teller(const ManyItems& items, const ProgressSink& sink) : m_items(items), m_sink(sink) {}

  void tell(std::size_t done) {
    if (m_sink) {
      const std::lock_guard lock(m_telling);
      m_most = std::max(m_most, static_cast<std::int64_t>(done));
      m_sink({m_items.stage, m_most, static_cast<std::int64_t>(m_items.count), m_items.unit});
    }
  }

 private:
  const ManyItems& m_items;
  const ProgressSink& m_sink;
  std::mutex m_telling;
  std::int64_t m_most = 0;
};

}  // namespace

void eachItem(std::size_t threads, const ManyItems& items, const ProgressSink& progress,
              const std::stop_token& stop, const std::function<void(std::size_t)>& work) {
  const auto all = threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
  const auto parts = std::max<std::size_t>(1, std::min(all, items.count));
  Teller teller(items, progress);
  std::atomic<std::size_t> next{0};
  std::atomic<bool> hasFailed{false};
  inParts(parts, parts, [&](std::size_t, std::size_t, std::size_t) {
    try {
      for (auto i = next++; i < items.count && !hasFailed; i = next++) {
        throwIfStopped(stop);
        if (i % kReportedEach == 0) {
          teller.tell(i);
        }
        work(i);
      }
    } catch (...) {
      hasFailed = true;
      throw;
    }
  });
  teller.tell(items.count);
}

}  // namespace twofold
