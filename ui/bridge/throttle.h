// Lets the newest value through at a fixed rate; the last one is never lost.
#pragma once

#include <QTimer>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace twofold::ui {

/// GUI thread. `deliver` is called at once for the first value and then at most once an interval.
template <class Value>
class Throttle {
 public:
  Throttle(std::chrono::milliseconds interval, std::function<void(const Value&)> deliver)
      : m_deliver(std::move(deliver)) {
    m_timer.setInterval(interval);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
  }

  void push(Value value) {
    m_waiting = std::move(value);
    if (!m_timer.isActive()) {
      tick();
      m_timer.start();
    }
  }

  /// Delivers what waits, now.
  void flush() {
    m_timer.stop();
    if (m_waiting) {
      m_deliver(*std::exchange(m_waiting, std::nullopt));
    }
  }

 private:
  void tick() {
    if (!m_waiting) {
      m_timer.stop();
      return;
    }
    m_deliver(*std::exchange(m_waiting, std::nullopt));
  }

  QTimer m_timer;
  std::function<void(const Value&)> m_deliver;
  std::optional<Value> m_waiting;
};

}  // namespace twofold::ui
