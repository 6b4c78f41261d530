// How much of some pairs a model was trained on: what it knows by heart it cannot be measured by.
#pragma once

#include <cstdint>
#include <span>

#include "core/data/pair_set.h"

namespace twofold::data {

struct SeenInTraining {
  std::int64_t pairs = 0;  // in either order, whatever the labels
  std::int64_t proteins = 0;
  std::int64_t allProteins = 0;  // that the pairs have
};

[[nodiscard]] SeenInTraining seenInTraining(std::span<const Pair> training,
                                            std::span<const Pair> others);

}  // namespace twofold::data
