#include "core/base/error.h"

#include <fmt/format.h>

namespace twofold {

Error badInput(std::string_view file, std::size_t line, std::string_view reason) {
  return {ErrorKind::BadInput, line == 0 ? fmt::format("{}: {}", file, reason)
                                         : fmt::format("{}:{}: {}", file, line, reason)};
}

int exitCode(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::Usage:
      return 2;
    case ErrorKind::BadInput:
      return 65;
    case ErrorKind::NotFound:
      return 66;
    case ErrorKind::Device:
      return 69;
    case ErrorKind::Internal:
      return 70;
    case ErrorKind::Memory:
      return 71;
    case ErrorKind::Io:
      return 74;
  }
  return 70;
}

std::string_view name(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::Usage:
      return "usage";
    case ErrorKind::BadInput:
      return "bad-input";
    case ErrorKind::NotFound:
      return "not-found";
    case ErrorKind::Device:
      return "device";
    case ErrorKind::Internal:
      return "internal";
    case ErrorKind::Memory:
      return "memory";
    case ErrorKind::Io:
      return "io";
  }
  return "internal";
}

}  // namespace twofold
