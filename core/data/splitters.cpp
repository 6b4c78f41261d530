#include "core/data/splitters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "core/base/error.h"
#include "core/base/random.h"

namespace twofold::data {

namespace {

/// Upper ends of train and of train + validation, as shares of one.
std::array<double, 2> cumulativeShares(const std::array<double, 3>& ratio) {
  const double sum = ratio[0] + ratio[1] + ratio[2];
  const bool usable = std::isfinite(sum) && sum > 0 &&
                      std::all_of(ratio.begin(), ratio.end(), [](double r) { return r >= 0; });
  if (!usable) {
    throw Error(ErrorKind::Usage,
                fmt::format("the ratio {}:{}:{} cannot be used; give three numbers that are not "
                            "negative, such as 8:1:1",
                            ratio[0], ratio[1], ratio[2]));
  }
  return {ratio[0] / sum, (ratio[0] + ratio[1]) / sum};
}

using Group = std::vector<std::size_t>;  // indices of the same pair, swapped or not

/// Groups by the label of their first pair, both in the order of the pair set.
std::map<Label, std::vector<Group>> groupsByLabel(std::span<const Pair> pairs) {
  std::vector<std::size_t> order(pairs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) { return std::minmax(pairs[i].a, pairs[i].b); };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return key(i) < key(j); });
  std::vector<Group> groups;
  for (const std::size_t i : order) {
    if (groups.empty() || key(groups.back().front()) != key(i)) {
      groups.emplace_back();
    }
    groups.back().push_back(i);
  }
  std::sort(groups.begin(), groups.end(),
            [](const Group& a, const Group& b) { return a.front() < b.front(); });
  std::map<Label, std::vector<Group>> strata;
  for (auto& group : groups) {
    strata[pairs[group.front()].label].push_back(std::move(group));
  }
  return strata;
}

Split randomSplit(std::span<const Pair> pairs, const SplitRequest& request) {
  const auto shares = cumulativeShares(request.ratio);
  Split split{"random", request.seed, std::vector<Part>(pairs.size(), Part::None)};
  auto strata = groupsByLabel(pairs);
  for (auto& [label, groups] : strata) {
    Random random(derivedSeed(request.seed, 1, static_cast<std::uint64_t>(label)));
    random.shuffle(std::span(groups));
    std::size_t total = 0;
    for (const auto& group : groups) {
      total += group.size();
    }
    const double trainEnd = std::round(static_cast<double>(total) * shares[0]);
    const double validationEnd = std::round(static_cast<double>(total) * shares[1]);
    std::size_t before = 0;
    for (const auto& group : groups) {
      const auto position = static_cast<double>(before);
      const Part part = position < trainEnd        ? Part::Train
                        : position < validationEnd ? Part::Validation
                                                   : Part::Test;
      for (const std::size_t i : group) {
        split.parts[i] = part;
      }
      before += group.size();
    }
  }
  return split;
}

Registry<Splitter> allSplitters() {
  Registry<Splitter> registry("split rule");
  registry.add(
      {"random",
       "Random",
       "Shuffles the pairs, positives and negatives apart; a protein can be in every part, "
       "so scores look better than they are for new proteins.",
       {}},
      randomSplit);
  return registry;
}

}  // namespace

const Registry<Splitter>& splitters() {
  static const Registry<Splitter> registry = allSplitters();
  return registry;
}

}  // namespace twofold::data
