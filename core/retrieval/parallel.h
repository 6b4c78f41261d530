// How many threads search.
#pragma once

#include <cstddef>

#include "core/base/parallel.h"

namespace twofold::retrieval {

/// `threads`, or as many as OpenMP is set to where that is 0.
[[nodiscard]] std::size_t threadsOr(int threads) noexcept;

}  // namespace twofold::retrieval
