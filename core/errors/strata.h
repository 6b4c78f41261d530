// Where a run fails: its rates in each bin of pairs, and whether a bin differs from the rest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/errors/binning.h"
#include "core/metrics/group_counts.h"

namespace twofold::errors {

struct Stratum {
  std::string name;
  std::int64_t pairs = 0;
  std::int64_t positives = 0;
  std::int64_t wrong = 0;
  metrics::Confusion counts;
  /// The wider of Wilson's interval, honest for few pairs, and of the bootstrap over proteins,
  /// honest where pairs share proteins.
  metrics::Estimate errorRate;
  metrics::Estimate precision;  // those below by the bootstrap alone; none below kFewestPairs
  metrics::Estimate recall;
  metrics::Estimate mcc;
  metrics::Estimate difference;  // of its error rate to that of all other binned pairs
  /// That this difference is no accident: the larger p of the bootstrap, which knows of shared
  /// proteins, and of Fisher's exact test, which knows of few pairs. NaN where there is no rest.
  double p = 1;
  double holm = 1;  // over the strata of this binning
};

/// Fewer pairs have no interval by resampling: the few proteins would be drawn over and over.
inline constexpr std::int64_t kFewestPairs = 20;

struct Strata {
  Trait trait = Trait::Length;
  Which which = Which::Both;
  std::string title;
  std::vector<Stratum> bins;  // those that hold pairs
  std::int64_t left = 0;      // pairs in no bin
  std::string none;           // what those have in common
  double errorRate = 0;       // of all binned pairs; NaN without any
};

/// Throws Error(Usage) for a threshold that is NaN, StopRequested.
[[nodiscard]] Strata strataOf(const PartScores& part, const Binning& binning, double threshold,
                              const metrics::BootstrapOptions& bootstrap);

}  // namespace twofold::errors
