#include "core/base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "core/base/error.h"
#include "core/base/system_reason.h"

namespace twofold {

namespace {

Error ioError(const std::filesystem::path& path, std::string_view action) {
  return {ErrorKind::Io, fmt::format("{}: {}: {}", path.string(), action, systemReason(errno))};
}

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags)
      : m_number(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {
    if (m_number < 0) {
      throw ioError(path, "cannot be opened");
    }
  }
  ~Descriptor() { ::close(m_number); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return m_number; }

 private:
  int m_number;
};

void syncPath(const std::filesystem::path& path, int flags) {
  const Descriptor file(path, flags);
  if (::fsync(file.number()) != 0) {
    throw ioError(path, "cannot be flushed to disk");
  }
}

void writeAll(const std::filesystem::path& path, std::string_view bytes) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      throw ioError(path, "cannot be written");
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

std::string readFile(const std::filesystem::path& path, std::uintmax_t limit) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    throw Error(ErrorKind::NotFound, fmt::format("{}: there is no such file", path.string()));
  }
  const auto size = std::filesystem::file_size(path, error);
  if (error) {
    throw Error(ErrorKind::Io, fmt::format("{}: {}", path.string(), error.message()));
  }
  if (size > limit) {
    throw badInput(path.string(), 0,
                   fmt::format("{} bytes, more than the {} allowed", size, limit));
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes(size, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!file) {
    throw Error(ErrorKind::Io, fmt::format("{}: cannot be read", path.string()));
  }
  return bytes;
}

void writeFileAtomically(const std::filesystem::path& path, std::string_view bytes) {
  const std::filesystem::path temporary = fmt::format("{}.{}.tmp", path.string(), ::getpid());
  try {
    writeAll(temporary, bytes);
    commitFile(temporary, path);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw;
  }
}

void commitFile(const std::filesystem::path& path, const std::filesystem::path& target) {
  syncPath(path, O_WRONLY);
  if (std::rename(path.c_str(), target.c_str()) != 0) {
    throw ioError(target, "cannot be replaced");
  }
  syncPath(target.has_parent_path() ? target.parent_path() : ".", O_RDONLY | O_DIRECTORY);
}

void makeFolders(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) {
    throw Error(ErrorKind::Io,
                fmt::format("{}: cannot be made: {}", path.string(), error.message()));
  }
}

}  // namespace twofold
