#include "models/finetuning/pair_batches.h"

#include <algorithm>
#include <map>
#include <set>

namespace twofold::models {

namespace {

PairBatchPlan planned(std::span<const IndexedPair> pairs, std::span<const std::int64_t> tokens) {
  PairBatchPlan plan;
  std::set<std::uint32_t> distinct;
  for (const auto& pair : pairs) {
    distinct.insert({pair.a, pair.b});
  }
  plan.proteins.assign(distinct.begin(), distinct.end());
  std::stable_sort(plan.proteins.begin(), plan.proteins.end(),
                   [&](auto left, auto right) { return tokens[left] > tokens[right]; });
  std::map<std::uint32_t, std::uint32_t> places;
  for (const auto protein : plan.proteins) {
    places.emplace(protein, static_cast<std::uint32_t>(places.size()));
  }
  for (const auto& pair : pairs) {
    plan.pairs.push_back({places.at(pair.a), places.at(pair.b), pair.label});
  }
  return plan;
}

}  // namespace

std::vector<PairBatchPlan> pairBatches(std::span<const IndexedPair> pairs,
                                       std::span<const std::int64_t> tokens,
                                       std::int64_t mostTokens, std::size_t mostPairs) {
  std::vector<PairBatchPlan> batches;
  std::size_t first = 0;
  std::set<std::uint32_t> distinct;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    std::int64_t more = 0;
    for (const auto protein : std::set{pairs[i].a, pairs[i].b}) {
      more += distinct.contains(protein) ? 0 : tokens[protein];
    }
    if (i > first && (sum + more > mostTokens || i - first == mostPairs)) {
      batches.push_back(planned(pairs.subspan(first, i - first), tokens));
      first = i;
      distinct.clear();
      sum = 0;
    }
    for (const auto protein : {pairs[i].a, pairs[i].b}) {
      sum += distinct.insert(protein).second ? tokens[protein] : 0;
    }
  }
  if (first < pairs.size()) {
    batches.push_back(planned(pairs.subspan(first), tokens));
  }
  return batches;
}

}  // namespace twofold::models
