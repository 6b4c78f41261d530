// Bags of terms as short vectors: projections onto the directions in which training proteins differ
// most by their terms.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "models/channels/term_vocabulary.h"

namespace twofold::models {

/// The first `size` right singular vectors of the proteins' terms weighted by content, each
/// group of a bag scaled to length 1, [terms, size] row-major; fewer columns are zero. By subspace
/// iteration from a fixed seed (Halko, Martinsson and Tropp 2011). Throws StopRequested.
[[nodiscard]] std::vector<float> principalTerms(const TermVocabulary& vocabulary,
                                                std::span<const TermBag> proteins,
                                                std::int64_t size, const std::stop_token& stop);

/// A bag's coordinates, [size].
[[nodiscard]] std::vector<float> projected(const TermVocabulary& vocabulary, const TermBag& bag,
                                           std::span<const float> basis, std::int64_t size);

}  // namespace twofold::models
