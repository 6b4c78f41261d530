// Every number reported for one part of a split, with 95 % intervals.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/descriptor.h"
#include "core/metrics/interval.h"

namespace twofold::metrics {

/// Scored pairs of one part; the spans have one length. `a` and `b` number the proteins
/// (any dense or sparse integers), for the bootstrap over proteins.
struct ScoredPairs {
  std::span<const float> probabilities;
  std::span<const std::int8_t> labels;  // 0 or 1
  std::span<const std::int64_t> a;
  std::span<const std::int64_t> b;
  /// False for scores whose order alone means something: they have no brier, ece and loss.
  bool areProbabilities = true;
};

struct PartMetrics {
  std::int64_t n = 0;
  std::int64_t positives = 0;
  double threshold = 0.5;
  std::map<std::string, double> values;       // by metric id; NaN where undefined
  std::map<std::string, Interval> intervals;  // 95 %, where asked for
};

struct BootstrapOptions {
  int resamples = 200;  // 0: no intervals
  std::uint64_t seed = 1;
  int threads = 1;         // numbers are the same for any
  std::stop_token stop{};  // asked between resamples; StopRequested is thrown
};

/// Ids, names, help of all metrics in the order they are shown: accuracy, precision, recall, f1,
/// mcc, auroc, auprc, brier, ece, loss.
[[nodiscard]] const std::vector<Descriptor>& metricCatalog();
/// False for brier, ece and loss.
[[nodiscard]] bool higherIsBetter(const std::string& metric);

/// All metrics at `threshold`; where that is NaN, those that need one are NaN, and where a score
/// lies outside [0, 1], so are brier, ece and loss. The bootstrap resamples proteins, not pairs: a
/// pair's weight is the product of its proteins' multiplicities.
[[nodiscard]] PartMetrics measure(const ScoredPairs& pairs, double threshold,
                                  const BootstrapOptions& bootstrap);

/// The threshold with the best MCC on validation pairs; 0.5 when they hold one class only. Not the
/// best F1: where classes overlap much, that one calls nearly every pair positive.
[[nodiscard]] double bestThreshold(std::span<const float> probabilities,
                                   std::span<const std::int8_t> labels);

}  // namespace twofold::metrics
