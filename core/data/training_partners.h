// The proteins of a split's training part, and who is known to interact with whom there: all that
// a look at neighbours may use.
#pragma once

#include <span>
#include <vector>

#include "core/data/pair_set.h"
#include "core/data/split.h"

namespace twofold::data {

struct TrainingPartners {
  std::vector<ProteinKey> proteins;               // of all training pairs, ascending
  std::vector<std::vector<ProteinKey>> partners;  // of each, by positive pairs, ascending

  /// Empty for a protein that is not of the training part.
  [[nodiscard]] std::span<const ProteinKey> of(ProteinKey protein) const;
};

[[nodiscard]] TrainingPartners trainingPartners(const Pairs& pairs, const Split& split);

}  // namespace twofold::data
