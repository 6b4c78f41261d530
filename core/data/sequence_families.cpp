#include "core/data/sequence_families.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/bio/alignment.h"
#include "core/data/disjoint_sets.h"

namespace twofold::data {

double leastIdentity(std::size_t aligned) {
  const auto length = static_cast<double>(std::max<std::size_t>(aligned, 1));
  return 4.8 * std::pow(length, -0.32 * (1 + std::exp(-length / 1000)));
}

namespace {

std::optional<Relation> relationIn(const bio::Alignment& alignment, std::string_view a,
                                   std::string_view b, const FamilyRule& rule) {
  const auto found = bio::identityIn(alignment, a, b);
  const double coverage = a.size() < b.size() ? found.coverageA : found.coverageB;
  const double least =
      std::max(rule.identity, leastIdentity(static_cast<std::size_t>(found.aligned)));
  return found.identity >= least && coverage >= rule.coverage
             ? std::optional(Relation{found.identity, coverage})
             : std::nullopt;
}

}  // namespace

std::optional<Relation> relationOf(std::string_view a, std::string_view b, const FamilyRule& rule,
                                   const std::stop_token& stop) {
  if (a == b) {
    return Relation{1, 1};
  }
  return relationIn(bio::withoutLooseEnds(bio::alignSequences(a, b, stop), a, b), a, b, rule);
}

bool areRelated(std::string_view a, std::string_view b, const FamilyRule& rule,
                const std::stop_token& stop) {
  return a == b || relationIn(bio::alignSequences(a, b, stop), a, b, rule).has_value();
}

bool areRelatedAnyWay(std::string_view a, std::string_view b, const FamilyRule& rule,
                      const std::stop_token& stop) {
  if (a == b) {
    return true;
  }
  auto alignment = bio::alignSequences(a, b, stop);
  return relationIn(alignment, a, b, rule) ||
         relationIn(bio::withoutLooseEnds(std::move(alignment), a, b), a, b, rule);
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
