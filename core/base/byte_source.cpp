#include "core/base/byte_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <vector>

#include "core/base/error.h"

namespace twofold {

namespace {

constexpr std::size_t kInputSize = std::size_t{256} << 10;
constexpr unsigned char kGzipFirst = 0x1f;
constexpr unsigned char kGzipSecond = 0x8b;
/// Asks zlib for a gzip header and trailer around the largest window.
constexpr int kGzipWindow = 16 + MAX_WBITS;

}  // namespace

struct ByteSource::State {
  std::string name;
  int descriptor = -1;
  std::int64_t total = 0;
  std::int64_t consumed = 0;
  bool gzip = false;
  bool inflating = false;  // inside a gzip member
  bool ended = false;
  z_stream stream{};
  std::vector<unsigned char> input;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (gzip) {
      inflateEnd(&stream);
    }
    if (descriptor >= 0) {
      ::close(descriptor);
    }
  }

  std::size_t readRaw(void* to, std::size_t size) {
    ssize_t got = -1;
    do {
      got = ::read(descriptor, to, size);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
      throw Error(ErrorKind::Io, fmt::format("{}: cannot be read: {}", name, std::strerror(errno)));
    }
    consumed += got;
    return static_cast<std::size_t>(got);
  }

  /// False at the end of the file.
  bool fillInput() {
    if (stream.avail_in == 0) {
      stream.next_in = input.data();
      stream.avail_in = static_cast<uInt>(readRaw(input.data(), input.size()));
    }
    return stream.avail_in != 0;
  }

  /// At a member's end: another one, the end, or zeros that pad some archives.
  void startMember(std::size_t line) {
    if (!fillInput() || *stream.next_in == 0) {
      ended = true;
      return;
    }
    if (*stream.next_in != kGzipFirst) {
      throw badInput(name, line, "there are other bytes after the end of the gzip data");
    }
    inflateReset(&stream);
    inflating = true;
  }

  std::size_t inflateInto(std::span<char> into, std::size_t line) {
    const std::size_t wanted =
        std::min<std::size_t>(into.size(), std::numeric_limits<uInt>::max() / 2);
    stream.next_out = reinterpret_cast<Bytef*>(into.data());
    stream.avail_out = static_cast<uInt>(wanted);
    while (stream.avail_out != 0 && !ended) {
      if (!inflating) {
        startMember(line);
        continue;
      }
      if (!fillInput()) {
        throw badInput(name, line, "the gzip data is cut short; fetch the file again");
      }
      const int status = inflate(&stream, Z_NO_FLUSH);
      if (status == Z_MEM_ERROR) {
        throw Error(ErrorKind::Memory, fmt::format("{}: no memory to inflate it", name));
      }
      if (status != Z_OK && status != Z_STREAM_END) {
        throw badInput(name, line,
                       fmt::format("the gzip data is damaged ({}); fetch the file again",
                                   stream.msg != nullptr ? stream.msg : "unknown fault"));
      }
      inflating = status != Z_STREAM_END;
    }
    return wanted - stream.avail_out;
  }
};

ByteSource::ByteSource(const std::filesystem::path& path) : m_state(std::make_unique<State>()) {
  State& state = *m_state;
  state.name = path.string();
  state.descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (state.descriptor < 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      throw Error(ErrorKind::NotFound, fmt::format("{}: there is no such file", state.name));
    }
    throw Error(ErrorKind::Io,
                fmt::format("{}: cannot be opened: {}", state.name, std::strerror(errno)));
  }
  struct stat info {};
  if (::fstat(state.descriptor, &info) != 0) {
    throw Error(ErrorKind::Io,
                fmt::format("{}: cannot be read: {}", state.name, std::strerror(errno)));
  }
  if (S_ISDIR(info.st_mode)) {
    throw badInput(state.name, 0, "this is a folder; name a file");
  }
  state.total = info.st_size;
  state.input.resize(kInputSize);
  if (state.fillInput() && state.stream.avail_in >= 2 && state.input[0] == kGzipFirst &&
      state.input[1] == kGzipSecond) {
    if (inflateInit2(&state.stream, kGzipWindow) != Z_OK) {
      throw Error(ErrorKind::Memory, fmt::format("{}: no memory to inflate it", state.name));
    }
    state.gzip = true;
    state.inflating = true;
  }
}

ByteSource::~ByteSource() = default;

std::size_t ByteSource::read(std::span<char> into, std::size_t line) {
  State& state = *m_state;
  if (into.empty()) {
    return 0;
  }
  if (state.gzip) {
    return state.inflateInto(into, line);
  }
  // What was read to look for the gzip mark comes first.
  if (state.stream.avail_in != 0) {
    const std::size_t size = std::min<std::size_t>(into.size(), state.stream.avail_in);
    std::memcpy(into.data(), state.stream.next_in, size);
    state.stream.next_in += size;
    state.stream.avail_in -= static_cast<uInt>(size);
    return size;
  }
  return state.readRaw(into.data(), into.size());
}

const std::string& ByteSource::fileName() const {
  return m_state->name;
}
std::int64_t ByteSource::bytesRead() const {
  return m_state->consumed - static_cast<std::int64_t>(m_state->stream.avail_in);
}
std::int64_t ByteSource::bytesTotal() const {
  return m_state->total;
}

std::string readInflated(const std::filesystem::path& path, std::size_t limit) {
  ByteSource source(path);
  std::string text;
  std::vector<char> chunk(std::size_t{1} << 20);
  while (const std::size_t size = source.read(chunk)) {
    if (size > limit - text.size()) {
      throw badInput(source.fileName(), 0,
                     fmt::format("it holds more than the {} bytes allowed", limit));
    }
    text.append(chunk.data(), size);
  }
  if (text.empty()) {
    throw badInput(source.fileName(), 0, "the file is empty");
  }
  return text;
}

}  // namespace twofold
