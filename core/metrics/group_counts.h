// Counts of groups of pairs, and the same under resampled proteins: intervals of all that follows
// from counts at a threshold, of many groups in one pass.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/metrics/confusion.h"
#include "core/metrics/interval.h"
#include "core/metrics/part_metrics.h"

namespace twofold::metrics {

/// A number and its 95 % interval, where there is one.
struct Estimate {
  double value = 0;  // NaN where undefined
  std::optional<Interval> interval{};
};

struct GroupCounts {
  std::vector<Confusion> counts;                  // of each group
  std::vector<std::vector<Confusion>> resampled;  // [resample][group]

  /// What `rate` makes of one group's counts.
  [[nodiscard]] Estimate estimate(std::size_t group,
                                  const std::function<double(const Confusion&)>& rate) const;
};

/// `groups` has a number below `count` for each pair. The resamples are those of measure(), so
/// intervals of one group of all pairs are its intervals. Throws Error(Internal) for spans of
/// different lengths, StopRequested. Empty groups, and no resamples where a score is NaN.
[[nodiscard]] GroupCounts groupCounts(const ScoredPairs& pairs, double threshold,
                                      std::span<const std::uint32_t> groups, std::size_t count,
                                      const BootstrapOptions& bootstrap);

}  // namespace twofold::metrics
