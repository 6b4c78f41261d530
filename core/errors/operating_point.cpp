#include "core/errors/operating_point.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace twofold::errors {

namespace {

using metrics::Confusion;

/// At `prevalence`, or as the pairs are without one.
Rates ratesOf(const metrics::GroupCounts& all, std::optional<double> prevalence) {
  const auto rate = [&](double (Confusion::*of)() const) {
    return all.estimate(0, [&](const Confusion& counts) {
      return prevalence ? (counts.atPrevalence(*prevalence).*of)() : (counts.*of)();
    });
  };
  return {rate(&Confusion::accuracy), rate(&Confusion::precision), rate(&Confusion::recall),
          rate(&Confusion::f1), rate(&Confusion::mcc)};
}

}  // namespace

double prevalenceOf(const PartScores& part) {
  const auto positives = std::count(part.labels.begin(), part.labels.end(), std::int8_t{1});
  return part.size() == 0 ? std::numeric_limits<double>::quiet_NaN()
                          : static_cast<double>(positives) / static_cast<double>(part.size());
}

OperatingPoint operatingPoint(const PartScores& part, double threshold,
                              std::optional<double> prevalence,
                              const metrics::BootstrapOptions& bootstrap) {
  requireThreshold(part, threshold);
  const std::vector<std::uint32_t> groups(part.size(), 0U);
  const auto all = metrics::groupCounts(part.scored(), threshold, groups, 1, bootstrap);
  OperatingPoint point;
  point.threshold = threshold;
  point.counts = all.counts.front();
  point.here = ratesOf(all, {});
  point.prevalence = prevalence.value_or(prevalenceOf(part));
  point.there = prevalence ? ratesOf(all, prevalence) : point.here;
  return point;
}

double thresholdForAim(store::Database& database, const std::string& run,
                       const metrics::ThresholdAim& aim) {
  const auto validation = readPartScores(database, run, data::Part::Validation);
  return metrics::thresholdOnValidation(aim, validation.scores, validation.labels);
}

metrics::SelectiveCurve selectiveOf(const PartScores& part, double threshold) {
  return metrics::selectiveCurveOfCalls(part.scores, part.labels, threshold, part.areProbabilities);
}

}  // namespace twofold::errors
