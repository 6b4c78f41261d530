// What is gained by leaving the doubtful pairs uncalled.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace twofold::metrics {

/// How sure a call is: the probability that it is right, given a probability that can be taken at
/// its word; for a score that is none, its distance from the threshold.
[[nodiscard]] std::vector<double> callConfidences(std::span<const float> scores, double threshold,
                                                  bool areProbabilities);

struct CoveragePoint {
  double coverage = 0;    // share of pairs that are called
  double accuracy = 0;    // of those
  double confidence = 0;  // of the least sure among them
};

struct SelectiveCurve {
  std::vector<CoveragePoint> points;  // surest first, one for each distinct confidence
  double area = 0;  // mean accuracy over all coverages 1/n … n/n; NaN without pairs

  /// The accuracy of the surest `coverage` of the pairs; ties count by their chance to be among
  /// them. NaN unless 0 < coverage <= 1, and without pairs.
  [[nodiscard]] double accuracyAt(double coverage) const;
  /// The largest coverage with at least this accuracy; 0 when there is none.
  [[nodiscard]] double coverageFor(double accuracy) const;
};

/// `right` is 1 where the call agrees with the label. El-Yaniv and Wiener 2010; the area is one
/// minus the AURC of Geifman et al. 2019, with the mean over orders where confidences tie.
[[nodiscard]] SelectiveCurve selectiveCurve(std::span<const double> confidences,
                                            std::span<const std::int8_t> right);

/// The curve of calling positive from the threshold on, by callConfidences().
[[nodiscard]] SelectiveCurve selectiveCurveOfCalls(std::span<const float> scores,
                                                   std::span<const std::int8_t> labels,
                                                   double threshold, bool areProbabilities);

}  // namespace twofold::metrics
