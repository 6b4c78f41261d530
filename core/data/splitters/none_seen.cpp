#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/data/splitters/blocks.h"
#include "core/data/splitters/families.h"
#include "core/data/splitters/rules.h"

namespace twofold::data {

namespace {

constexpr std::uint64_t kPurpose = 4;  // of the seed; one for all, so that their numbers compare

std::vector<Cut> cutNoneSeen(const SplitRequest& request, const Options& /*options*/) {
  const auto ends = endsOf(request);
  std::vector<std::uint32_t> groupOf(request.proteins.size());
  std::iota(groupOf.begin(), groupOf.end(), 0U);
  Random random(derivedSeed(request.seed, kPurpose));
  const auto blocks =
      randomBlocks(GroupGraph(ends, groupOf), sharesWithTraining(request.ratio), random);
  return {cutByBlocks(request, ends, groupOf, blocks)};
}

std::vector<Cut> cutClusters(const SplitRequest& request, const Options& options) {
  const auto shares = sharesWithTraining(request.ratio);
  const auto groupOf = familiesOf(request, options);
  const auto ends = endsOf(request);
  Random random(derivedSeed(request.seed, kPurpose));
  auto cut =
      cutByBlocks(request, ends, groupOf, randomBlocks(GroupGraph(ends, groupOf), shares, random));
  cut.notes.push_back(familyNote(groupOf));
  return {std::move(cut)};
}

std::vector<Cut> cutPartition(const SplitRequest& request, const Options& options) {
  const auto shares = sharesWithTraining(request.ratio);
  const auto groupOf = familiesOf(request, options);
  const auto ends = endsOf(request);
  const GroupGraph graph(ends, groupOf);
  Random random(derivedSeed(request.seed, kPurpose));
  const auto start = randomBlocks(graph, shares, random);
  const auto blocks = refinedBlocks(graph, start, shares, random, {request.progress, request.stop});
  const auto kept = [&](const std::vector<Part>& some) {
    const auto counts = keptBy(graph, some);
    return counts[0] + counts[1] + counts[2];
  };
  auto cut = cutByBlocks(request, ends, groupOf, blocks);
  cut.notes.push_back(familyNote(groupOf));
  cut.notes.push_back(
      fmt::format("{} of {} pairs are kept; the same clusters divided at random "
                  "(rule clusters) keep {}.",
                  kept(blocks), graph.pairs(), kept(start)));
  return {std::move(cut)};
}

}  // namespace

SplitRule noneSeenRule() {
  return {{"c3",
           "No protein seen (C3)",
           "No protein is in two parts; pairs between parts are dropped. Relatives may still be on "
           "two sides.",
           {}},
          {{}, cutNoneSeen}};
}

SplitRule clustersRule() {
  return {
      {"clusters", "Clusters apart (strict C3)",
       "No protein and no cluster of similar sequences is in two parts; clusters are divided at "
       "random, and pairs between parts are dropped.",
       familyOptions()},
      {{.sequences = true}, cutClusters}};
}

SplitRule partitionRule() {
  return {
      {"partition", "Partition (strict C3, few pairs lost)",
       "As clusters, but clusters with many pairs between them stay together, so that fewer "
       "pairs are dropped; test proteins then know each other better than chance would have it.",
       familyOptions()},
      {{.sequences = true}, cutPartition}};
}

}  // namespace twofold::data
