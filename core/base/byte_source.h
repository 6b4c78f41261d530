// The bytes of a plain or gzip file, inflated while they are read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace twofold {

/// Gzip is told by its first two bytes, not by the name; several gzip members follow each other.
class ByteSource {
 public:
  /// Throws Error(NotFound) when missing, Error(BadInput) for a folder, Error(Io) otherwise.
  explicit ByteSource(const std::filesystem::path& path);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  /// Fills `into` from its start; returns how many bytes, 0 at the end. Throws Error(BadInput) on
  /// a broken gzip stream, naming `line` when it is not 0, and Error(Io).
  [[nodiscard]] std::size_t read(std::span<char> into, std::size_t line = 0);

  [[nodiscard]] const std::string& fileName() const;
  /// Bytes of the file itself (compressed when gzip).
  [[nodiscard]] std::int64_t bytesRead() const;
  [[nodiscard]] std::int64_t bytesTotal() const;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

/// The whole file, inflated when gzip. Throws Error(BadInput) when it is empty or holds more than
/// `limit` bytes, which are never held in memory, and as ByteSource.
[[nodiscard]] std::string readInflated(const std::filesystem::path& path, std::size_t limit);

}  // namespace twofold
