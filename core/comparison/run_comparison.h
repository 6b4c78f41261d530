// Runs against each other on identical pairs: what differs, and what of it is no accident.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/comparison/run_scores.h"
#include "core/metrics/delong.h"
#include "core/metrics/mcnemar.h"
#include "core/metrics/paired_difference.h"

namespace twofold::comparison {

struct ComparisonOptions {
  bool allAgainstAll = false;  // else every run against the first
  metrics::BootstrapOptions bootstrap{1000, 1, 1, {}};
  ProgressSink progress{};  // hears of resamples, from one thread at a time
};

/// By how much run `second` is above run `first`. Each p has its Holm-corrected one beside it, over
/// all comparisons of the same metric or test.
struct RunDifference {
  std::size_t first = 0;
  std::size_t second = 0;
  metrics::Differences differences;         // by metric
  std::map<std::string, double> holm;       // by metric
  std::optional<metrics::McNemar> mcNemar;  // nothing where a run has no threshold
  double mcNemarHolm = 1;
  metrics::DeLong deLong;
  double deLongHolm = 1;
};

struct RunComparison {
  std::vector<metrics::PartMetrics> runs;  // on the shared pairs, without intervals
  std::vector<RunDifference> differences;
};

/// Throws StopRequested when the bootstrap's token fires.
[[nodiscard]] RunComparison compareRuns(const SharedScores& shared,
                                        const ComparisonOptions& options);

}  // namespace twofold::comparison
