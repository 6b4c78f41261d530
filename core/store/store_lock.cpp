#include "core/store/store_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

#include "core/base/error.h"

namespace twofold::store {

StoreLock::StoreLock(const std::filesystem::path& store) : m_path(store) {
  m_path += ".lock";
  m_descriptor = ::open(m_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (m_descriptor < 0) {
    throw Error(ErrorKind::Io,
                fmt::format("{}: cannot be opened: {}", m_path.string(), std::strerror(errno)));
  }
}

StoreLock::~StoreLock() {
  ::close(m_descriptor);
}

bool StoreLock::acquire(Kind kind, std::chrono::milliseconds limit) {
  const int operation = (kind == Kind::Shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (::flock(m_descriptor, operation) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      throw Error(ErrorKind::Io,
                  fmt::format("{}: cannot be locked: {}", m_path.string(), std::strerror(errno)));
    }
    if (std::chrono::steady_clock::now() >= deadline) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

void StoreLock::release() noexcept {
  ::flock(m_descriptor, LOCK_UN);
}

}  // namespace twofold::store
