// The file lock beside the store: writers share it, the checkpoint takes it alone.
#pragma once

#include <chrono>
#include <filesystem>

namespace twofold::store {

/// flock(2) on "<store>.lock". The lock belongs to this open file, so two connections of one
/// process exclude each other too. The file is never removed: a new one would be another lock.
class StoreLock {
 public:
  enum class Kind { Shared, Exclusive };

  /// Creates the file when it is missing. Throws Error(Io).
  explicit StoreLock(const std::filesystem::path& store);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

  /// Waits at most `limit`; false when another holder did not let go.
  [[nodiscard]] bool acquire(Kind kind, std::chrono::milliseconds limit);
  void release() noexcept;

 private:
  std::filesystem::path m_path;
  int m_descriptor = -1;
};

}  // namespace twofold::store
