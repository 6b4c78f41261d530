// A look at errors as tables for other programs: tabs between, a header, numbers in full, empty
// where there is none.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/errors/protein_errors.h"
#include "core/errors/strata.h"
#include "core/errors/training_similarity.h"
#include "core/metrics/selective.h"

namespace twofold::errors {

/// All pairs, the most wrong first (see wrongness()); ties in the part's order.
[[nodiscard]] std::vector<std::uint32_t> mostWrongFirst(const PartScores& part, double threshold);

/// protein_a, protein_b, label, score, cell of these rows of the part.
[[nodiscard]] std::string pairsTsv(const PartScores& part, double threshold,
                                   std::span<const std::uint32_t> rows);

/// One line a protein; `nearest` may be empty, and its columns with it.
[[nodiscard]] std::string proteinsTsv(const PartScores& part, const ProteinErrorList& list,
                                      std::span<const NearestInTraining> nearest);

[[nodiscard]] std::string strataTsv(std::span<const Strata> all);

/// coverage, accuracy and the number of pairs called, surest first, of a curve over `pairs` pairs.
[[nodiscard]] std::string coverageTsv(const metrics::SelectiveCurve& curve, std::size_t pairs);

}  // namespace twofold::errors
