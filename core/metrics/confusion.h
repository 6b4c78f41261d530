// Counts at a threshold and the rates that follow from them.
#pragma once

#include <cstdint>
#include <span>

namespace twofold::metrics {

struct Confusion {
  double truePositives = 0;  // doubles: bootstrap weights are not whole pairs
  double falsePositives = 0;
  double trueNegatives = 0;
  double falseNegatives = 0;

  [[nodiscard]] double accuracy() const;
  [[nodiscard]] double precision() const;  // NaN when nothing was called positive
  [[nodiscard]] double recall() const;     // NaN when there are no positives
  [[nodiscard]] double f1() const;
  [[nodiscard]] double mcc() const;  // Matthews 1975; 0 when a margin is empty

  /// The counts to expect of as many pairs if `prevalence` of them were positive: recall and false
  /// positive rate belong to the model and stay, precision follows from them and the prevalence.
  /// NaN without one of the classes and for a prevalence outside [0, 1].
  [[nodiscard]] Confusion atPrevalence(double prevalence) const;
};

/// `labels` are 0 or 1; a score >= threshold is called positive.
[[nodiscard]] Confusion confusionAt(std::span<const float> scores,
                                    std::span<const std::int8_t> labels, double threshold);

}  // namespace twofold::metrics
