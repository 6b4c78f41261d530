#include "core/data/splitters/pair_groups.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace twofold::data {

std::map<Label, std::vector<PairGroup>> pairGroups(std::span<const Pair> pairs) {
  std::vector<std::size_t> order(pairs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) { return std::minmax(pairs[i].a, pairs[i].b); };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return key(i) < key(j); });
  std::vector<PairGroup> groups;
  for (const std::size_t i : order) {
    if (groups.empty() || key(groups.back().front()) != key(i)) {
      groups.emplace_back();
    }
    groups.back().push_back(i);
  }
  std::sort(groups.begin(), groups.end(),
            [](const PairGroup& a, const PairGroup& b) { return a.front() < b.front(); });
  std::map<Label, std::vector<PairGroup>> strata;
  for (auto& group : groups) {
    strata[pairs[group.front()].label].push_back(std::move(group));
  }
  return strata;
}

std::size_t pairsIn(std::span<const PairGroup> groups) {
  return std::accumulate(
      groups.begin(), groups.end(), std::size_t{0},
      [](std::size_t sum, const PairGroup& group) { return sum + group.size(); });
}

}  // namespace twofold::data
