#include "core/metrics/group_counts.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/progress.h"
#include "core/metrics/bootstrap.h"

namespace twofold::metrics {

namespace {

/// The proteins of a pair, and where it counts: its group and the cell of the confusion.
struct Place {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t cell = 0;  // four a group
};

constexpr std::uint32_t kCells = 4;

std::vector<Place> placesOf(const ScoredPairs& pairs, double threshold,
                            std::span<const std::uint32_t> groups, const DenseProteins& proteins) {
  std::vector<Place> places;
  places.reserve(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::uint32_t called = static_cast<double>(pairs.probabilities[i]) >= threshold ? 1 : 0;
    const std::uint32_t label = pairs.labels[i] != 0 ? 1 : 0;
    places.push_back({proteins.a[i], proteins.b[i], kCells * groups[i] + 2 * label + called});
  }
  return places;
}

std::vector<Confusion> confusions(const std::vector<double>& cells) {
  std::vector<Confusion> counts;
  counts.reserve(cells.size() / kCells);
  for (std::size_t at = 0; at < cells.size(); at += kCells) {
    counts.push_back({cells[at + 3], cells[at + 1], cells[at], cells[at + 2]});
  }
  return counts;
}

}  // namespace

Estimate GroupCounts::estimate(std::size_t group,
                               const std::function<double(const Confusion&)>& rate) const {
  std::vector<double> drawn;
  drawn.reserve(resampled.size());
  for (const auto& groups : resampled) {
    drawn.push_back(rate(groups[group]));
  }
  return {rate(counts[group]), percentileInterval(std::move(drawn))};
}

GroupCounts groupCounts(const ScoredPairs& pairs, double threshold,
                        std::span<const std::uint32_t> groups, std::size_t count,
                        const BootstrapOptions& bootstrap) {
  GroupCounts result;
  result.counts.resize(count);
  if (groups.size() != pairs.labels.size()) {
    throw Error(ErrorKind::Internal, "groups are of other pairs");
  }
  if (!canBeMeasured(pairs)) {
    return result;
  }
  const DenseProteins proteins(pairs);
  const auto places = placesOf(pairs, threshold, groups, proteins);
  std::vector<double> whole(kCells * count);
  for (const Place& place : places) {
    whole[place.cell] += 1;
  }
  result.counts = confusions(whole);
  const auto resamples = static_cast<std::size_t>(std::max(0, bootstrap.resamples));
  result.resampled.resize(resamples);
  const auto threads = static_cast<std::size_t>(std::max(1, bootstrap.threads));
  inParts(threads, resamples, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> multiplicity(proteins.count);
    std::vector<double> cells(kCells * count);
    for (std::size_t i = begin; i < end; ++i) {
      throwIfStopped(bootstrap.stop);
      drawMultiplicities(bootstrap, static_cast<int>(i), multiplicity);
      std::fill(cells.begin(), cells.end(), 0.0);
      for (const Place& place : places) {
        cells[place.cell] += static_cast<double>(multiplicity[place.a]) * multiplicity[place.b];
      }
      result.resampled[i] = confusions(cells);
    }
  });
  return result;
}

}  // namespace twofold::metrics
