// How well scores find the few contacts among all residue pairs of two chains.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace twofold::metrics {

/// Share of positives among the `k` highest scores. Of scores that tie for the last places, each
/// counts by its chance to be among them. NaN without scores, for k = 0, and when a score is not a
/// number; a `k` beyond all scores means all of them.
[[nodiscard]] double precisionAtTop(std::span<const float> scores,
                                    std::span<const std::int8_t> labels, std::size_t k);

/// What auprc() is on average when `positives` lie at random among `all` distinct scores: the
/// density and a little more, exactly. NaN without positives.
[[nodiscard]] double expectedAuprcOfChance(std::size_t positives, std::size_t all);

}  // namespace twofold::metrics
