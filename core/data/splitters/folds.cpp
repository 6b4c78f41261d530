#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/base/random.h"
#include "core/data/splitters/families.h"
#include "core/data/splitters/pair_groups.h"
#include "core/data/splitters/protein_index.h"
#include "core/data/splitters/rules.h"
#include "core/data/splitters/shares.h"

namespace twofold::data {

namespace {

using Folds = std::vector<std::uint32_t>;

constexpr std::uint64_t kPurpose = 6;

/// Of fold k, k is test and the next one validation.
Part partOf(std::uint32_t fold, std::uint32_t k, std::uint32_t folds) {
  return fold == k ? Part::Test : fold == (k + 1) % folds ? Part::Validation : Part::Train;
}

/// A fold for each pair; labels are spread evenly.
Folds foldsOfPairs(const SplitRequest& request, std::uint32_t folds) {
  Folds foldOf(request.pairs.size());
  std::uint32_t next = 0;
  for (auto& [label, groups] : pairGroups(request.pairs)) {
    auto shuffled = groups;
    Random random(derivedSeed(request.seed, kPurpose, static_cast<std::uint64_t>(label)));
    random.shuffle(std::span(shuffled));
    for (const auto& group : shuffled) {
      for (const std::size_t i : group) {
        foldOf[i] = next;
      }
      next = (next + 1) % folds;
    }
  }
  return foldOf;
}

/// A fold for each group, so that proteins of all folds have about as many pairs: the largest
/// first, each to the fold that has least.
Folds foldsOfGroups(std::span<const Ends> ends, const std::vector<std::uint32_t>& groupOf,
                    std::uint32_t folds, Random& random) {
  std::vector<std::int64_t> pairs;
  for (const auto group : groupOf) {
    pairs.resize(std::max<std::size_t>(pairs.size(), group + 1));
  }
  for (const auto& [a, b] : ends) {
    ++pairs[groupOf[a]];
    ++pairs[groupOf[b]];
  }
  std::vector<std::uint32_t> order(pairs.size());
  std::iota(order.begin(), order.end(), 0U);
  random.shuffle(std::span(order));
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return pairs[a] > pairs[b]; });
  std::vector<std::int64_t> sums(folds);
  Folds foldOf(pairs.size());
  for (const auto group : order) {
    const auto least = std::min_element(sums.begin(), sums.end());
    *least += pairs[group];
    foldOf[group] = static_cast<std::uint32_t>(least - sums.begin());
  }
  return foldOf;
}

std::vector<Cut> cutByPairs(const SplitRequest& request, std::uint32_t folds) {
  const auto foldOf = foldsOfPairs(request, folds);
  std::vector<Cut> cuts(folds);
  for (std::uint32_t k = 0; k < folds; ++k) {
    for (const auto fold : foldOf) {
      cuts[k].split.parts.push_back(partOf(fold, k, folds));
    }
  }
  return cuts;
}

std::vector<Cut> cutByGroups(const SplitRequest& request, const std::vector<std::uint32_t>& groupOf,
                             std::uint32_t folds) {
  const auto ends = endsOf(request);
  Random random(derivedSeed(request.seed, kPurpose));
  const auto foldOf = foldsOfGroups(ends, groupOf, folds, random);
  std::vector<Cut> cuts(folds);
  for (std::uint32_t k = 0; k < folds; ++k) {
    for (const auto& [a, b] : ends) {
      const Part ofA = partOf(foldOf[groupOf[a]], k, folds);
      const bool isKept = ofA == partOf(foldOf[groupOf[b]], k, folds);
      cuts[k].split.parts.push_back(isKept ? ofA : Part::None);
      if (!isKept) {
        ++cuts[k].dropped["its proteins are of two parts"];
      }
    }
  }
  return cuts;
}

std::vector<Cut> cutIntoFolds(const SplitRequest& request, const Options& options) {
  const auto folds = static_cast<std::uint32_t>(options.integer("folds"));
  const auto& by = options.text("by");
  std::vector<std::uint32_t> groupOf(request.proteins.size());
  std::iota(groupOf.begin(), groupOf.end(), 0U);
  std::vector<Cut> cuts;
  if (by == "clusters") {
    groupOf = familiesOf(request, options);
  } else {  // read all the same, for they are declared
    static_cast<void>(options.real("identity"));
    static_cast<void>(options.real("coverage"));
  }
  cuts = by == "pairs" ? cutByPairs(request, folds) : cutByGroups(request, groupOf, folds);
  for (std::uint32_t k = 0; k < folds; ++k) {
    cuts[k].byRatio = false;
    cuts[k].suffix = fmt::format("-{}", k + 1);
    cuts[k].split.options["fold"] = fmt::format("{}", k + 1);
    if (by == "clusters" && k == 0) {
      cuts[k].notes.push_back(familyNote(groupOf));
    }
  }
  return cuts;
}

}  // namespace

SplitRule foldsRule() {
  auto options = familyOptions();
  for (auto& option : options) {
    option.help += " Of folds by clusters.";
    option.advanced = true;
  }
  options.insert(
      options.begin(),
      {integerOption("folds", "Folds", 5, 3, 20,
                     "So many splits are made, NAME-1 and so on: each fold is once test, the one "
                     "after it validation."),
       choiceOption("by", "What is kept whole", {"pairs", "proteins", "clusters"},
                    "By proteins or clusters, pairs between parts are dropped: of 5 folds, about a "
                    "25th of all pairs is left for each test.")});
  return {{"folds", "Folds",
           "Several splits in one go, in which every pair, protein or cluster is once in the test "
           "part; the ratio plays no role.",
           std::move(options)},
          {{.sequences = true}, cutIntoFolds}};
}

}  // namespace twofold::data
