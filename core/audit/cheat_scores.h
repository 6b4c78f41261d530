// Scores that know no biology: what they reach, a model may have learned instead.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/audit/finding.h"
#include "core/audit/subject.h"

namespace twofold::audit {

/// A score on the labelled pairs of one part.
struct CheatScore {
  data::Part part = data::Part::None;
  std::int64_t pairs = 0;
  double auroc = 0;
  double auprc = 0;
  double baseline = 0;  // share of positives: the AUPRC of knowing nothing
  double error = 0;     // standard error of an AUROC of .5 (Mann-Whitney)

  /// By kCheatWarns and kCheatIsBad, and only when it is no accident.
  [[nodiscard]] Severity severity() const;
};

/// `scores` and `labels` of the part's labelled pairs; one class only gives NaN and severity ok.
[[nodiscard]] CheatScore measureCheat(data::Part part, std::span<const float> scores,
                                      std::span<const std::int8_t> labels);

/// A classifier that knows only how often each protein stands in positive and in negative training
/// pairs: the sum over both of ln((positive + share) / (negative + 1 - share)), where `share` is
/// that of positives in training. Without a split pairs are scored by five folds, each by the
/// degrees of the other four; a pair's own label is then missing from its counts, which makes the
/// score a lower bound.
[[nodiscard]] Finding findDegreeCheat(const Subject& subject);

/// A classifier that knows only the two lengths: ten classes of length, so 55 kinds of pairs, each
/// with the log odds of its training pairs, shrunk as above.
[[nodiscard]] Finding findLengthImbalance(const Subject& subject);

}  // namespace twofold::audit
