// Splits a byte stream into lines of bounded length; never throws, never grows without bound.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace twofold::process {

class MessageStream {
 public:
  explicit MessageStream(std::size_t longestLine = std::size_t{4} << 20) : m_longest(longestLine) {}

  /// Complete lines in `bytes` and what was kept before. Over-long lines are dropped and counted.
  [[nodiscard]] std::vector<std::string> feed(std::string_view bytes);
  [[nodiscard]] std::int64_t dropped() const { return m_dropped; }

 private:
  std::size_t m_longest;
  std::string m_partial;
  bool m_skipping = false;
  std::int64_t m_dropped = 0;
};

}  // namespace twofold::process
