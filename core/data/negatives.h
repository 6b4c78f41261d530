// Negative pairs that are drawn: at random, or so that a protein is as often negative as positive.
#pragma once

#include <functional>
#include <span>
#include <stop_token>

#include "core/base/random.h"
#include "core/data/pair_keys.h"
#include "core/data/pair_set.h"

namespace twofold::data {

/// As many negatives as `positives`, each protein in about as many as it has positives
/// (degree-matched), never a known positive, one of `excluded`, a self pair or a repeat. Fewer
/// come back when the degrees leave no choice.
[[nodiscard]] Pairs degreeMatchedNegatives(std::span<const Pair> positives, Random& random,
                                           std::span<const Pair> excluded = {});

enum class NegativeKind { Uniform, Degree };

struct NegativeRequest {
  std::span<const Pair> positives;  // of one part; only their proteins are drawn from
  std::int64_t perPositive = 1;
  NegativeKind kind = NegativeKind::Degree;
  const PairKeys* taken = nullptr;                      // pairs that may not be drawn
  std::function<bool(ProteinKey, ProteinKey)> allowed;  // may be empty: all that are not taken
  std::stop_token stop;
};

struct DrawnNegatives {
  Pairs pairs;
  std::int64_t wanted = 0;  // fewer come back when the proteins leave no choice
  /// The largest difference between a protein's negatives and perPositive times its positives.
  std::int64_t largestDeviation = 0;
  ProteinKey mostDeviating = 0;
};

/// Never a taken pair, a self pair or a repeat. Uniform: every free pair is as likely. Degree: each
/// protein has as near to perPositive times its positives as its free partners allow (configuration
/// model; a pair that may not be exchanges an end with another). Throws StopRequested.
[[nodiscard]] DrawnNegatives drawNegatives(const NegativeRequest& request, Random& random);

}  // namespace twofold::data
