// Why the system refused, with the cure where there is a plain one.
#pragma once

#include <string>

namespace twofold {

/// "No space left on device; free some space" of an errno.
[[nodiscard]] std::string systemReason(int error);

}  // namespace twofold
