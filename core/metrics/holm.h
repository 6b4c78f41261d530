// Many comparisons at once: what each p is worth then.
#pragma once

#include <span>
#include <vector>

namespace twofold::metrics {

/// Holm 1979: the adjusted p of each; one below .05 is significant with at most a 5 % chance that
/// any of all that are is an accident. NaN stays NaN and counts as no comparison.
[[nodiscard]] std::vector<double> holm(std::span<const double> p);

}  // namespace twofold::metrics
