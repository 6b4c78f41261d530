// Items that are joined into disjoint sets.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <vector>

namespace twofold::data {

/// The first item of a set is its root.
class DisjointSets {
 public:
  explicit DisjointSets(std::size_t count) : m_parent(count) {
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

  /// Of each item the number of its set, counted from 0 in the order in which sets first come.
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

}  // namespace twofold::data
