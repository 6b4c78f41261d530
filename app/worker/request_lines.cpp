#include "app/worker/request_lines.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/error.h"
#include "core/base/progress.h"

namespace twofold::app {

RequestLines::RequestLines(const std::stop_token& stop) : m_stop(stop) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
    throw Error(ErrorKind::Io, fmt::format("no pipe could be made: {}", std::strerror(errno)));
  }
  m_wakeRead = ends[0];
  m_wakeWrite = ends[1];
}

RequestLines::~RequestLines() {
  ::close(m_wakeRead);
  ::close(m_wakeWrite);
}

void RequestLines::readMore() {
  const std::stop_callback wake(m_stop, [this] { (void)!::write(m_wakeWrite, "x", 1); });
  std::array<pollfd, 2> watched = {{{STDIN_FILENO, POLLIN, 0}, {m_wakeRead, POLLIN, 0}}};
  if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) {
    throw Error(ErrorKind::Io, fmt::format("stdin cannot be watched: {}", std::strerror(errno)));
  }
  throwIfStopped(m_stop);
  if (watched[0].revents == 0) {
    return;
  }
  std::array<char, 65536> buffer;
  const auto count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
  if (count < 0) {
    if (errno == EINTR || errno == EAGAIN) {
      return;
    }
    throw Error(ErrorKind::Io, fmt::format("stdin cannot be read: {}", std::strerror(errno)));
  }
  m_ended = count == 0;
  // The last line may lack its end.
  m_lines = m_stream.feed(
      m_ended ? "\n" : std::string_view(buffer.data(), static_cast<std::size_t>(count)));
  m_taken = 0;
}

std::optional<std::string> RequestLines::next() {
  while (m_taken == m_lines.size()) {
    throwIfStopped(m_stop);
    if (m_ended) {
      return std::nullopt;
    }
    readMore();
    if (m_stream.dropped() > m_reportedDrops) {
      break;
    }
  }
  return m_taken < m_lines.size() ? std::move(m_lines[m_taken++]) : std::string();
}

std::int64_t RequestLines::takeDropped() {
  const auto dropped = m_stream.dropped() - m_reportedDrops;
  m_reportedDrops = m_stream.dropped();
  return dropped;
}

}  // namespace twofold::app
