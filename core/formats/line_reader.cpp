#include "core/formats/line_reader.h"

#include <fmt/format.h>

#include <cstring>
#include <vector>

#include "core/base/byte_source.h"
#include "core/base/error.h"

namespace twofold::formats {

namespace {

constexpr std::size_t kFirstBuffer = std::size_t{512} << 10;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

struct LineReader::State {
  explicit State(const std::filesystem::path& path) : source(path), buffer(kFirstBuffer) {}

  ByteSource source;
  std::vector<char> buffer;
  std::size_t begin = 0;    // of the next line
  std::size_t scanned = 0;  // no line end before this
  std::size_t end = 0;      // of what was read
  std::size_t line = 0;
  bool ended = false;

  /// More bytes behind `end`; the unfinished line moves to the front of the buffer first.
  void fill() {
    if (begin != 0) {
      std::memmove(buffer.data(), buffer.data() + begin, end - begin);
      scanned -= begin;
      end -= begin;
      begin = 0;
    }
    if (end == buffer.size()) {
      if (end >= kLongestLine) {
        throw badInput(source.fileName(), line + 1,
                       fmt::format("the line is longer than {} MiB; is this a text file?",
                                   kLongestLine >> 20));
      }
      buffer.resize(std::min(2 * buffer.size(), kLongestLine));
    }
    const std::size_t size =
        source.read(std::span(buffer.data() + end, buffer.size() - end), line + 1);
    end += size;
    ended = size == 0;
  }

  std::string_view take(std::size_t lineEnd, std::size_t next) {
    std::string_view text(buffer.data() + begin, lineEnd - begin);
    ++line;
    begin = next;
    scanned = next;
    if (!text.empty() && text.back() == '\r') {
      text.remove_suffix(1);
    }
    if (std::memchr(text.data(), '\0', text.size()) != nullptr) {
      throw badInput(source.fileName(), line,
                     "there is a NUL byte; save the file as UTF-8 text or fetch it again");
    }
    return text;
  }
};

LineReader::LineReader(const std::filesystem::path& path) : m_state(std::make_unique<State>(path)) {
  State& state = *m_state;
  state.fill();
  if (state.end == 0) {
    throw badInput(state.source.fileName(), 0, "the file is empty");
  }
  if (std::string_view(state.buffer.data(), state.end).starts_with(kByteOrderMark)) {
    state.begin = kByteOrderMark.size();
    state.scanned = state.begin;
  }
}

LineReader::~LineReader() = default;

bool LineReader::next(std::string_view& line) {
  State& state = *m_state;
  for (;;) {
    const char* from = state.buffer.data() + state.scanned;
    const auto* found =
        static_cast<const char*>(std::memchr(from, '\n', state.end - state.scanned));
    if (found != nullptr) {
      const auto at = static_cast<std::size_t>(found - state.buffer.data());
      line = state.take(at, at + 1);
      return true;
    }
    state.scanned = state.end;
    if (state.ended) {
      if (state.begin == state.end) {
        return false;
      }
      line = state.take(state.end, state.end);
      return true;
    }
    state.fill();
  }
}

std::size_t LineReader::lineNumber() const {
  return m_state->line;
}
const std::string& LineReader::fileName() const {
  return m_state->source.fileName();
}
std::int64_t LineReader::bytesRead() const {
  return m_state->source.bytesRead();
}
std::int64_t LineReader::bytesTotal() const {
  return m_state->source.bytesTotal();
}

}  // namespace twofold::formats
