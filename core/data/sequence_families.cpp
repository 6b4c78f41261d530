#include "core/data/sequence_families.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/bio/alignment.h"
#include "core/data/disjoint_sets.h"

namespace twofold::data {

double leastIdentity(std::size_t aligned) {
  const auto length = static_cast<double>(std::max<std::size_t>(aligned, 1));
  return 4.8 * std::pow(length, -0.32 * (1 + std::exp(-length / 1000)));
}

bool areRelated(std::string_view a, std::string_view b, const FamilyRule& rule,
                const std::stop_token& stop) {
  if (a == b) {
    return true;
  }
  const auto alignment = bio::alignSequences(a, b, stop);
  const auto found = bio::identityIn(alignment, a, b);
  return found.identity >= std::max(rule.identity, leastIdentity(alignment.pairs.size())) &&
         (a.size() < b.size() ? found.coverageA : found.coverageB) >= rule.coverage;
}

std::vector<std::uint32_t> sequenceFamilies(std::span<const std::string> sequences,
                                            const FamilyRule& rule, const ProgressSink& progress,
                                            const std::stop_token& stop) {
  DisjointSets sets(sequences.size());
  for (std::uint32_t i = 0; i < sequences.size(); ++i) {
    throwIfStopped(stop);
    for (std::uint32_t j = 0; j < i; ++j) {
      if (sets.root(i) != sets.root(j) && areRelated(sequences[i], sequences[j], rule, stop)) {
        sets.join(i, j);
      }
    }
    if (progress) {
      progress(
          {"Finding families", i + 1, static_cast<std::int64_t>(sequences.size()), "sequences"});
    }
  }
  return sets.numbers();
}

std::vector<std::uint32_t> joinedGroups(std::span<const std::vector<std::uint32_t>> keysOfItems) {
  DisjointSets sets(keysOfItems.size());
  std::map<std::uint32_t, std::uint32_t> firstWith;
  for (std::uint32_t i = 0; i < keysOfItems.size(); ++i) {
    for (const auto key : keysOfItems[i]) {
      sets.join(i, firstWith.emplace(key, i).first->second);
    }
  }
  return sets.numbers();
}

}  // namespace twofold::data
