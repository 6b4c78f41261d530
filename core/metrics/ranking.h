// Threshold-free metrics and the curves behind them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace twofold::metrics {

/// Area under the ROC curve, ties counted half (Mann-Whitney); NaN with one class only.
[[nodiscard]] double auroc(std::span<const float> scores, std::span<const std::int8_t> labels);

/// Average precision: sum of (R_n - R_n-1) P_n over distinct scores, as in scikit-learn;
/// NaN without positives.
[[nodiscard]] double auprc(std::span<const float> scores, std::span<const std::int8_t> labels);

struct RankingAreas {
  double auroc = 0;
  double auprc = 0;
};
/// Both, sorted once.
[[nodiscard]] RankingAreas rankingAreas(std::span<const float> scores,
                                        std::span<const std::int8_t> labels);

/// Average precision as it would be if positives were `prevalence` of all pairs: negatives are
/// weighted, what the model says stays. NaN unless 0 < prevalence < 1 and both classes are there.
[[nodiscard]] double auprcAtPrevalence(std::span<const float> scores,
                                       std::span<const std::int8_t> labels, double prevalence);

struct CurvePoint {
  double x = 0;
  double y = 0;
  double threshold = 0;
};

/// x false positive rate, y true positive rate; from (0, 0) to (1, 1).
[[nodiscard]] std::vector<CurvePoint> rocCurve(std::span<const float> scores,
                                               std::span<const std::int8_t> labels);
/// x recall, y precision.
[[nodiscard]] std::vector<CurvePoint> precisionRecallCurve(std::span<const float> scores,
                                                           std::span<const std::int8_t> labels);

}  // namespace twofold::metrics
