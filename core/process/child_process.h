// A child process in its own process group with pipes, for the worker under the window.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace twofold::process {

struct ChildOptions {
  std::filesystem::path program;
  std::vector<std::string> arguments{};
  bool pipes = true;                       // false: stdin from /dev/null, output to `outputFile`
  std::filesystem::path outputFile{};      // appended to, for detached workers
  std::vector<std::string> environment{};  // NAME=VALUE, where the parent has no such name
  std::vector<std::string> overrides{};    // NAME=VALUE, whatever the parent has
};

/// Not copyable; the destructor closes the pipes and neither kills nor waits, so that a detached
/// worker lives on. One thread at a time.
class ChildProcess {
 public:
  /// Throws Error(NotFound) when the program is missing, Error(Io) otherwise.
  explicit ChildProcess(const ChildOptions& options);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  [[nodiscard]] std::int64_t pid() const { return m_pid; }
  /// Non-blocking descriptors for a notifier; -1 without pipes.
  [[nodiscard]] int outputDescriptor() const { return m_output; }
  [[nodiscard]] int errorDescriptor() const { return m_error; }
  /// What is there now; empty when nothing is. `descriptor` is one of the two above.
  [[nodiscard]] static std::string readAvailable(int descriptor, bool& ended);
  /// False when the child no longer reads.
  bool write(std::string_view bytes);
  void closeInput();
  /// SIGTERM to the group: the worker stops at a checkpoint. SIGKILL with `force`.
  void stop(bool force = false);
  /// The exit status once it ended (128 + signal when killed).
  [[nodiscard]] std::optional<int> poll();
  [[nodiscard]] std::optional<int> waitFor(std::chrono::milliseconds limit);

 private:
  std::int64_t m_pid = -1;
  int m_input = -1;
  int m_output = -1;
  int m_error = -1;
  std::optional<int> m_status;
};

}  // namespace twofold::process
