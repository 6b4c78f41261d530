// The mean of one number a unit (a complex, a protein), and how sure it is.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/metrics/interval.h"
#include "core/metrics/part_metrics.h"

namespace twofold::metrics {

struct MeanOfUnits {
  double value = 0;                  // NaN without units
  std::optional<Interval> interval;  // 95 %
};

/// Units drawn with replacement, or whole groups of them where `groups` names each unit's: units of
/// one group tell the same story and are no independent evidence. The same units and options draw
/// the same resamples, so the mean of differences of two methods on the same units is a paired
/// bootstrap. No interval for one unit or group, for 0 resamples or for values that are no numbers.
[[nodiscard]] MeanOfUnits meanOfUnits(std::span<const double> values,
                                      const BootstrapOptions& bootstrap,
                                      std::span<const std::uint32_t> groups = {});

}  // namespace twofold::metrics
