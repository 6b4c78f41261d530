// Successive halving (Jamieson & Talwalkar 2016): all arms train a little, the better ones more,
// few to the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace twofold::runs {

/// Epochs after which arms are set aside, ascending and below `epochs`: each `factor` times the one
/// before, as many as leave at least one of `arms` arms. `factor` >= 2.
[[nodiscard]] std::vector<std::int64_t> rungEpochs(std::int64_t epochs, std::size_t arms,
                                                   int factor);

/// Indices of the best of the scores, ascending: one in `factor`, rounded up, of equal ones the
/// first. What is not a number is the worst.
[[nodiscard]] std::vector<std::size_t> survivors(std::span<const double> scores, int factor);

}  // namespace twofold::runs
