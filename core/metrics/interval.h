// Intervals from resampled values.
#pragma once

#include <optional>
#include <vector>

namespace twofold::metrics {

struct Interval {
  double low = 0;
  double high = 0;
};

/// The middle 95 % of values drawn by a bootstrap, by linear interpolation between order statistics
/// (numpy's default); nothing when a third or more of them are undefined (NaN).
[[nodiscard]] std::optional<Interval> percentileInterval(std::vector<double> drawn);

/// Moves the values so that their median is `value`, NaN left as it is. For a metric that every
/// resample raises, such as the calibration error, where the width alone is right.
void centreOn(double value, std::vector<double>& drawn);

}  // namespace twofold::metrics
