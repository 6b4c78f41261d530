#include "core/process/message_stream.h"

#include <algorithm>

namespace twofold::process {

std::vector<std::string> MessageStream::feed(std::string_view bytes) {
  std::vector<std::string> lines;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const bool complete = end < bytes.size();
    if (!m_skipping) {
      if (m_partial.size() + end > m_longest) {
        m_skipping = true;
        ++m_dropped;
        m_partial = std::string();
      } else {
        m_partial.append(bytes.substr(0, end));
      }
    }
    if (complete) {
      if (!m_skipping) {
        if (m_partial.ends_with('\r')) {
          m_partial.pop_back();
        }
        lines.push_back(std::move(m_partial));
      }
      m_partial.clear();
      m_skipping = false;
    }
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return lines;
}

}  // namespace twofold::process
