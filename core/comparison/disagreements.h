// The pairs on which one of two runs is right and the other wrong.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/comparison/run_scores.h"

namespace twofold::comparison {

struct Disagreement {
  std::size_t pair = 0;       // in SharedScores
  bool firstIsRight = false;  // else the second is
  double gap = 0;             // between the two scores
};

/// Widest gap first, then in the order of the pairs. Gaps are between probabilities; where one run
/// gives ranks, between the shares of pairs that score no higher. Throws Error(Usage) for a run
/// without a threshold.
[[nodiscard]] std::vector<Disagreement> disagreements(const SharedScores& shared, std::size_t first,
                                                      std::size_t second);

/// protein_a, protein_b, label, score_<run>, score_<run>, right; tabs between. Throws Error(Io).
void writeDisagreements(const std::filesystem::path& file, store::Database& database,
                        const SharedScores& shared, std::size_t first, std::size_t second,
                        const std::vector<Disagreement>& list);

}  // namespace twofold::comparison
