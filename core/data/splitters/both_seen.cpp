#include <cmath>
#include <unordered_set>

#include "core/base/random.h"
#include "core/data/splitters/pair_groups.h"
#include "core/data/splitters/rules.h"
#include "core/data/splitters/shares.h"

namespace twofold::data {

namespace {

/// Groups in random order, and which of them training must have so that it sees every protein.
struct CoveredGroups {
  std::map<Label, std::vector<PairGroup>> needed;
  std::map<Label, std::vector<PairGroup>> free;
};

CoveredGroups coveredGroups(const SplitRequest& request) {
  std::vector<PairGroup> all;
  for (auto& [label, groups] : pairGroups(request.pairs)) {
    all.insert(all.end(), groups.begin(), groups.end());
  }
  Random random(derivedSeed(request.seed, 2));
  random.shuffle(std::span(all));
  std::unordered_set<ProteinKey> seen;
  CoveredGroups found;
  for (auto& group : all) {
    const Pair& pair = request.pairs[group.front()];
    const bool isNewA = seen.insert(pair.a).second;
    const bool isNewB = seen.insert(pair.b).second;
    auto& strata = isNewA || isNewB ? found.needed : found.free;
    strata[pair.label].push_back(std::move(group));
  }
  return found;
}

std::vector<Cut> cutBothSeen(const SplitRequest& request, const Options& /*options*/) {
  const auto shares = sharesWithTraining(request.ratio);
  Cut cut;
  auto& parts = cut.split.parts;
  parts.assign(request.pairs.size(), Part::Train);
  auto groups = coveredGroups(request);
  const double outside = shares[1] + shares[2];
  for (const auto& [label, free] : groups.free) {
    const auto freePairs = static_cast<double>(pairsIn(free));
    const double total = freePairs + static_cast<double>(pairsIn(groups.needed[label]));
    const double wanted = std::min(freePairs, std::round(total * outside));
    const double testEnd = outside > 0 ? std::round(wanted * shares[2] / outside) : 0;
    std::size_t before = 0;
    for (const auto& group : free) {
      const auto position = static_cast<double>(before);
      const Part part = position < testEnd  ? Part::Test
                        : position < wanted ? Part::Validation
                                            : Part::Train;
      for (const std::size_t i : group) {
        parts[i] = part;
      }
      before += group.size();
    }
  }
  return {std::move(cut)};
}

}  // namespace

SplitRule bothSeenRule() {
  return {{"c1",
           "Both proteins seen (C1)",
           "As random, but both proteins of every validation and test pair are in training pairs "
           "too: whether a model fills gaps among proteins that it knows.",
           {}},
          {{}, cutBothSeen}};
}

}  // namespace twofold::data
