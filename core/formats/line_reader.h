// Lines of a plain or gzip file with their numbers, LF or CRLF, of bounded length.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace twofold::formats {

class LineReader {
 public:
  static constexpr std::size_t kLongestLine = std::size_t{64} << 20;

  /// Throws Error(NotFound) when missing, Error(BadInput) when empty or a folder.
  explicit LineReader(const std::filesystem::path& path);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  /// The next line without its end, valid until the next call; false at the end of the file.
  /// Throws Error(BadInput) with the line on a broken gzip stream, NUL bytes or an over-long line.
  [[nodiscard]] bool next(std::string_view& line);

  /// 1 for the first line returned.
  [[nodiscard]] std::size_t lineNumber() const;
  [[nodiscard]] const std::string& fileName() const;
  /// Bytes of the file consumed so far and in all, for progress (compressed bytes when gzip).
  [[nodiscard]] std::int64_t bytesRead() const;
  [[nodiscard]] std::int64_t bytesTotal() const;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace twofold::formats
