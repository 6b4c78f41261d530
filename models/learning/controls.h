// Controls: the same training with one thing spoiled on purpose. A model that stays good has not
// learned what it seems to have.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/learning/session.h"
#include "models/learning/training_options.h"

namespace twofold::models {

/// The same pairs with their labels dealt out anew, as many of each.
[[nodiscard]] std::vector<IndexedPair> withPermutedLabels(std::span<const IndexedPair> pairs,
                                                          std::uint64_t seed);

/// The residues in another order, the same order for the same sequence and seed: composition and
/// length stay, all else is gone.
[[nodiscard]] std::string shuffledSequence(const std::string& sequence, std::uint64_t seed);

/// What a control does to proteins, in training and whenever the model is asked later.
[[nodiscard]] ProteinInputs spoiled(ProteinInputs proteins, Control control, std::uint64_t seed);
/// What it does to a whole training.
[[nodiscard]] TrainRequest spoiled(TrainRequest request);

}  // namespace twofold::models
