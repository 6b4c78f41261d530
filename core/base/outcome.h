// How a piece of long work ended. Cancelled is not failed.
#pragma once

#include <string>
#include <variant>

namespace twofold {

struct Cancelled {};

struct Failed {
  std::string message;
};

/// Done carries the result; Cancelled and Failed do not.
template <class T>
using Outcome = std::variant<T, Cancelled, Failed>;

}  // namespace twofold
