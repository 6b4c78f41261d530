#include "core/data/sequence_families.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/bio/alignment.h"

namespace twofold::data {

namespace {

/// Disjoint sets; the first item of a set is its root.
class Sets {
 public:
  explicit Sets(std::size_t count) : m_parent(count) {
    std::iota(m_parent.begin(), m_parent.end(), 0U);
  }

  std::uint32_t root(std::uint32_t item) {
    while (m_parent[item] != item) {
      item = m_parent[item] = m_parent[m_parent[item]];
    }
    return item;
  }

  void join(std::uint32_t a, std::uint32_t b) {
    const auto [first, second] = std::minmax({root(a), root(b)});
    m_parent[second] = first;
  }

  /// Counted from 0, in the order in which sets first come.
  std::vector<std::uint32_t> numbers() {
    std::vector<std::uint32_t> found(m_parent.size());
    std::map<std::uint32_t, std::uint32_t> known;
    for (std::uint32_t i = 0; i < found.size(); ++i) {
      found[i] = known.emplace(root(i), static_cast<std::uint32_t>(known.size())).first->second;
    }
    return found;
  }

 private:
  std::vector<std::uint32_t> m_parent;
};

bool areRelated(const std::string& a, const std::string& b, const FamilyRule& rule,
                const std::stop_token& stop) {
  if (a == b) {
    return true;
  }
  const auto alignment = bio::alignSequences(a, b, stop);
  const auto found = bio::identityIn(alignment, a, b);
  return found.identity >= std::max(rule.identity, leastIdentity(alignment.pairs.size())) &&
         (a.size() < b.size() ? found.coverageA : found.coverageB) >= rule.coverage;
}

}  // namespace

double leastIdentity(std::size_t aligned) {
  const auto length = static_cast<double>(std::max<std::size_t>(aligned, 1));
  return 4.8 * std::pow(length, -0.32 * (1 + std::exp(-length / 1000)));
}

std::vector<std::uint32_t> sequenceFamilies(std::span<const std::string> sequences,
                                            const FamilyRule& rule, const ProgressSink& progress,
                                            const std::stop_token& stop) {
  Sets sets(sequences.size());
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
  Sets sets(keysOfItems.size());
  std::map<std::uint32_t, std::uint32_t> firstWith;
  for (std::uint32_t i = 0; i < keysOfItems.size(); ++i) {
    for (const auto key : keysOfItems[i]) {
      sets.join(i, firstWith.emplace(key, i).first->second);
    }
  }
  return sets.numbers();
}

}  // namespace twofold::data
