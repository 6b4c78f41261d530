// A range of work over a few threads.
#pragma once

#include <cstddef>
#include <functional>

namespace twofold {

/// Calls work(part, begin, end) for `parts` equal pieces of [0, count), each on a thread of its own
/// but for the last, which runs here; empty pieces are left out. The first exception is thrown on.
void inParts(std::size_t parts, std::size_t count,
             const std::function<void(std::size_t, std::size_t, std::size_t)>& work);

}  // namespace twofold
