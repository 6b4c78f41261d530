// Scored pairs drawn at random, positives higher on average.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/base/random.h"
#include "core/metrics/part_metrics.h"

namespace twofold::tests {

struct Sample {
  std::vector<float> probabilities;
  std::vector<std::int8_t> labels;
  std::vector<std::int64_t> a;
  std::vector<std::int64_t> b;

  [[nodiscard]] metrics::ScoredPairs pairs() const { return {probabilities, labels, a, b}; }
};

inline Sample randomSample(std::size_t count, std::uint64_t proteins) {
  Random random(4);
  Sample sample;
  for (std::size_t i = 0; i < count; ++i) {
    const auto label = static_cast<std::int8_t>(random.below(2));
    sample.labels.push_back(label);
    sample.probabilities.push_back(
        static_cast<float>(std::clamp(random.uniform() * 0.8 + label * 0.2, 0.0, 1.0)));
    sample.a.push_back(static_cast<std::int64_t>(random.below(proteins)) * 7);
    sample.b.push_back(static_cast<std::int64_t>(random.below(proteins)) * 7);
  }
  return sample;
}

}  // namespace twofold::tests
