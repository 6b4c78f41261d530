// How well a model tells a protein's partners from its other pairs, protein by protein.
#pragma once

#include <cstddef>

#include "core/metrics/mean_interval.h"
#include "core/metrics/part_metrics.h"

namespace twofold::metrics {

struct ProteinMcc {
  MeanOfUnits mean;          // over the proteins it is defined for
  std::size_t defined = 0;   // proteins with an interacting and a non-interacting pair
  std::size_t proteins = 0;  // all of them
};

/// The MCC of the calls on each protein's own pairs, then the mean: a model that only knows which
/// proteins have many partners has 0, whatever its MCC over all pairs. A protein all of whose pairs
/// are called alike counts 0, as MCC does elsewhere, and is not left out: leaving it out would
/// flatter a model that tells nothing apart. The interval draws proteins. NaN for a threshold that
/// is NaN and for a score that is.
[[nodiscard]] ProteinMcc proteinMcc(const ScoredPairs& pairs, double threshold,
                                    const BootstrapOptions& bootstrap);

}  // namespace twofold::metrics
