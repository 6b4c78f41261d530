// The one exception type of core and models: what went wrong, where, and the cure.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace twofold {

enum class ErrorKind { Usage, BadInput, NotFound, Device, Internal, Memory, Io };

class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), m_kind(kind) {}
  [[nodiscard]] ErrorKind kind() const noexcept { return m_kind; }

 private:
  ErrorKind m_kind;
};

/// "file:line: reason" for data that cannot be read; line 0 leaves the line out.
[[nodiscard]] Error badInput(std::string_view file, std::size_t line, std::string_view reason);

/// The worker's exit status for each kind (2, 65, 66, 69, 70, 71, 74).
[[nodiscard]] int exitCode(ErrorKind kind) noexcept;

/// A short word for messages on the stream: "bad-input", "not-found", …
[[nodiscard]] std::string_view name(ErrorKind kind) noexcept;

}  // namespace twofold
