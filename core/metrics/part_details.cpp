#include "core/metrics/part_details.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "core/metrics/contact_ranking.h"
#include "core/metrics/ranking.h"
#include "core/metrics/threshold_choice.h"

namespace twofold::metrics {

PartDetails detailsOf(const ScoredPairs& pairs, double threshold, std::optional<double> prevalence,
                      const BootstrapOptions& bootstrap) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const std::size_t n = pairs.labels.size();
  const auto positives = static_cast<std::size_t>(std::count_if(
      pairs.labels.begin(), pairs.labels.end(), [](std::int8_t label) { return label != 0; }));
  PartDetails details;
  details.auprcBaseline = n > 0 ? static_cast<double>(positives) / static_cast<double>(n) : kNaN;
  std::set<std::size_t> places = {positives};
  for (const std::size_t k : {10, 100, 1000, 10000}) {
    places.insert(std::min(k, n));
  }
  places.erase(0);
  for (const std::size_t k : places) {
    details.precisionAt.emplace_back(k, precisionAtTop(pairs.probabilities, pairs.labels, k));
  }
  const auto best =
      chooseThreshold({ThresholdAim::Kind::BestF1}, pairs.probabilities, pairs.labels);
  details.bestF1Threshold = best.value_or(kNaN);
  details.bestF1 = best ? confusionAt(pairs.probabilities, pairs.labels, *best).f1() : kNaN;
  details.proteinMcc = proteinMcc(pairs, threshold, bootstrap);
  if (prevalence) {
    const Confusion here = std::isnan(threshold)
                               ? Confusion{kNaN, kNaN, kNaN, kNaN}
                               : confusionAt(pairs.probabilities, pairs.labels, threshold);
    details.atPrevalence = {*prevalence, here.atPrevalence(*prevalence),
                            auprcAtPrevalence(pairs.probabilities, pairs.labels, *prevalence)};
  }
  return details;
}

}  // namespace twofold::metrics
