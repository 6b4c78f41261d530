// Proteins of a request by their place in it, and who is paired with whom.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/data/splitters.h"

namespace twofold::data {

/// The two ends of a pair, as places in the request's proteins.
using Ends = std::array<std::uint32_t, 2>;

[[nodiscard]] std::vector<Ends> endsOf(const SplitRequest& request);

/// The place of a protein; throws Error(Internal) when it is none of them.
[[nodiscard]] std::uint32_t placeOf(std::span<const SplitProtein> proteins, ProteinKey key);

/// A block for each protein, found by key; None for a protein that it does not know.
class BlockOfProtein {
 public:
  BlockOfProtein(std::span<const SplitProtein> proteins, std::vector<Part> blocks);
  [[nodiscard]] Part operator()(ProteinKey key) const;

 private:
  std::vector<ProteinKey> m_keys;
  std::vector<Part> m_blocks;
};

/// The links of each of `count` items, in one array: those of item i are of(i).
template <class Link>
class LinkLists {
 public:
  /// `each(take)` calls take(item, link) for all links, twice with the same.
  template <class Each>
  LinkLists(std::size_t count, Each each) : m_first(count + 1) {
    each([this](std::uint32_t item, const Link&) { ++m_first[item + 1]; });
    for (std::size_t i = 1; i < m_first.size(); ++i) {
      m_first[i] += m_first[i - 1];
    }
    m_links.resize(m_first.back());
    auto next = m_first;
    each([&](std::uint32_t item, const Link& link) { m_links[next[item]++] = link; });
  }

  [[nodiscard]] std::span<const Link> of(std::uint32_t item) const {
    return std::span(m_links).subspan(m_first[item], m_first[item + 1] - m_first[item]);
  }

 private:
  std::vector<std::size_t> m_first;
  std::vector<Link> m_links;
};

}  // namespace twofold::data
