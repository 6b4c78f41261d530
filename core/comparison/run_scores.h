// What runs said about the pairs that all of them know.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/data/pair_set.h"
#include "core/data/split.h"
#include "core/metrics/part_metrics.h"
#include "core/store/project.h"

namespace twofold::comparison {

struct RunScores {
  std::string id;
  std::string summary;  // its spec in one line
  std::string pairSet;
  std::int64_t pairs = 0;  // labelled ones it has scores of
  double threshold = 0.5;  // NaN: none
  bool areProbabilities = true;
  std::vector<float> scores;  // of the shared pairs
};

/// Pairs of one part that every run has a score and one label of.
struct SharedScores {
  std::string part;
  std::vector<std::int64_t> a;  // protein keys, a < b; ascending
  std::vector<std::int64_t> b;
  std::vector<std::int8_t> labels;
  std::vector<std::uint32_t> indices;  // in the first run's pair set
  std::vector<RunScores> runs;

  /// Run `run` as metrics look at it.
  [[nodiscard]] metrics::ScoredPairs scored(std::size_t run) const;
};

/// Pairs are the same when their two proteins are, whatever their sets are called. Throws Error:
/// Usage for a run that is named twice or has no scores of the part, and when no pair is shared;
/// BadInput when two runs have a pair under different labels; NotFound.
[[nodiscard]] SharedScores sharedScores(store::Database& database,
                                        std::span<const std::string> runs, data::Part part);

}  // namespace twofold::comparison
