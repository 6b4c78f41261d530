#include "core/errors/strata.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/metrics/fisher.h"
#include "core/metrics/holm.h"
#include "core/metrics/paired_difference.h"
#include "core/metrics/wilson.h"

namespace twofold::errors {

namespace {

using metrics::Confusion;
using metrics::Estimate;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double wrongOf(const Confusion& counts) {
  return counts.falsePositives + counts.falseNegatives;
}

double sizeOf(const Confusion& counts) {
  return wrongOf(counts) + counts.truePositives + counts.trueNegatives;
}

double errorRateOf(const Confusion& counts) {
  return sizeOf(counts) > 0 ? wrongOf(counts) / sizeOf(counts) : kNaN;
}

/// All binned pairs, without one of the bins. The last group is that of pairs in none.
Confusion without(const std::vector<Confusion>& groups, std::size_t bin) {
  Confusion rest;
  for (std::size_t g = 0; g + 1 < groups.size(); ++g) {
    if (g != bin) {
      rest.truePositives += groups[g].truePositives;
      rest.falsePositives += groups[g].falsePositives;
      rest.trueNegatives += groups[g].trueNegatives;
      rest.falseNegatives += groups[g].falseNegatives;
    }
  }
  return rest;
}

Estimate withWilson(Estimate errorRate, std::int64_t wrong, std::int64_t pairs) {
  auto interval = metrics::wilsonInterval(wrong, pairs);
  if (interval && errorRate.interval) {
    interval->low = std::min(interval->low, errorRate.interval->low);
    interval->high = std::max(interval->high, errorRate.interval->high);
  }
  return {errorRate.value, interval};
}

void addDifference(Stratum& stratum, const metrics::GroupCounts& all, std::size_t bin) {
  const auto rest = without(all.counts, bin);
  stratum.difference.value = stratum.errorRate.value - errorRateOf(rest);
  stratum.p = kNaN;
  if (sizeOf(rest) <= 0) {
    return;
  }
  stratum.p = metrics::fisherExact({stratum.wrong, stratum.pairs},
                                   {std::llround(wrongOf(rest)), std::llround(sizeOf(rest))});
  if (stratum.pairs < kFewestPairs || std::llround(sizeOf(rest)) < kFewestPairs ||
      all.resampled.empty()) {
    return;
  }
  std::vector<double> drawn;
  for (const auto& groups : all.resampled) {
    drawn.push_back(errorRateOf(groups[bin]) - errorRateOf(without(groups, bin)));
  }
  stratum.p = std::max(stratum.p, metrics::twoSidedP(drawn));
  stratum.difference.interval = metrics::percentileInterval(std::move(drawn));
}

Stratum stratumOf(const metrics::GroupCounts& all, std::size_t bin, std::string name) {
  const auto& counts = all.counts[bin];
  Stratum stratum;
  stratum.name = std::move(name);
  stratum.counts = counts;
  stratum.pairs = std::llround(sizeOf(counts));
  stratum.positives = std::llround(counts.truePositives + counts.falseNegatives);
  stratum.wrong = std::llround(wrongOf(counts));
  const bool isResampled = stratum.pairs >= kFewestPairs;
  const auto estimate = [&](const auto& rate) {
    auto made = all.estimate(bin, rate);
    if (!isResampled) {
      made.interval.reset();
    }
    return made;
  };
  stratum.errorRate = withWilson(estimate(errorRateOf), stratum.wrong, stratum.pairs);
  stratum.precision = estimate([](const Confusion& at) { return at.precision(); });
  stratum.recall = estimate([](const Confusion& at) { return at.recall(); });
  stratum.mcc = estimate([](const Confusion& at) { return at.mcc(); });
  if (stratum.positives == 0 || stratum.positives == stratum.pairs) {
    stratum.mcc = {kNaN, {}};  // nothing to tell apart
  }
  addDifference(stratum, all, bin);
  return stratum;
}

}  // namespace

Strata strataOf(const PartScores& part, const Binning& binning, double threshold,
                const metrics::BootstrapOptions& bootstrap) {
  requireThreshold(part, threshold);
  const auto last = static_cast<std::uint32_t>(binning.names.size());
  std::vector<std::uint32_t> groups = binning.ofPair;
  std::replace(groups.begin(), groups.end(), Binning::kNone, last);
  const auto all =
      metrics::groupCounts(part.scored(), threshold, groups, binning.names.size() + 1, bootstrap);
  Strata strata{binning.trait, binning.which, binning.title, {}, 0, binning.none, 0};
  strata.left = std::llround(sizeOf(all.counts[last]));
  strata.errorRate = errorRateOf(without(all.counts, last));
  std::vector<double> p;
  for (std::size_t bin = 0; bin < binning.names.size(); ++bin) {
    if (sizeOf(all.counts[bin]) > 0) {
      strata.bins.push_back(stratumOf(all, bin, binning.names[bin]));
      p.push_back(strata.bins.back().p);
    }
  }
  const auto corrected = metrics::holm(p);
  for (std::size_t i = 0; i < corrected.size(); ++i) {
    strata.bins[i].holm = corrected[i];
  }
  return strata;
}

}  // namespace twofold::errors
