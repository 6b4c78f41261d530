// How far embeddings lie from those of the same network in float32.
#pragma once

#include <cstddef>

namespace twofold::models {

struct Drift {
  std::size_t proteins = 0;  // compared
  double worstCosine = 1;    // over a protein's values
  double meanCosine = 1;
  double greatestDifference = 0;  // between two values
};

/// Below it, a faster precision is not the same model any more.
inline constexpr double kLeastDriftCosine = 0.995;

}  // namespace twofold::models
