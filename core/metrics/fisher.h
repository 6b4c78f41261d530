// Whether two shares differ by more than accident, where there may be few of either.
#pragma once

#include <cstdint>

namespace twofold::metrics {

struct Share {
  std::int64_t hits = 0;
  std::int64_t all = 0;
};

/// Fisher's exact test, two-sided: the chance of a table at least as unlikely as this one, all
/// margins given. 1 where a margin is empty. Takes each of `all` as independent.
[[nodiscard]] double fisherExact(const Share& first, const Share& second);

}  // namespace twofold::metrics
