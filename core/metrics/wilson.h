// An interval for a share, honest where it is of few.
#pragma once

#include <cstdint>
#include <optional>

#include "core/metrics/interval.h"

namespace twofold::metrics {

/// The 95 % interval of Wilson 1927 for `hits` of `all`: never empty and never outside [0, 1], so
/// that 1 of 1 is [0.21, 1]. Nothing for none of none. Takes the `all` as independent.
[[nodiscard]] std::optional<Interval> wilsonInterval(std::int64_t hits, std::int64_t all);

}  // namespace twofold::metrics
