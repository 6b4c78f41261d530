// What is told of a part beside its metrics: numbers that need more words than one.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "core/metrics/confusion.h"
#include "core/metrics/part_metrics.h"
#include "core/metrics/protein_mcc.h"

namespace twofold::metrics {

/// What to expect where positives are rarer or commoner than here.
struct AtPrevalence {
  double prevalence = 0;
  Confusion counts;  // precision, F1 and MCC follow
  double auprc = 0;
};

struct PartDetails {
  double auprcBaseline = 0;  // what scores without any sense reach: the share of positives
  std::vector<std::pair<std::size_t, double>> precisionAt;  // k, precision of the k highest
  ProteinMcc proteinMcc;
  /// The best F1 that any threshold reaches on these very pairs: what hindsight would give, no
  /// result. NaN with one class only.
  double bestF1 = 0;
  double bestF1Threshold = 0;
  std::optional<AtPrevalence> atPrevalence;
};

/// The k are 10, 100, 1,000, 10,000, each at most all pairs, and the number of positives.
[[nodiscard]] PartDetails detailsOf(const ScoredPairs& pairs, double threshold,
                                    std::optional<double> prevalence,
                                    const BootstrapOptions& bootstrap);

}  // namespace twofold::metrics
