#include "core/data/splitters/blocks.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace twofold::data {

namespace {

std::vector<std::pair<Ends, std::int64_t>> pairsBetween(std::span<const Ends> ends,
                                                        const std::vector<std::uint32_t>& groupOf) {
  std::map<Ends, std::int64_t> counts;
  for (const auto& [a, b] : ends) {
    const auto [first, second] = std::minmax(groupOf[a], groupOf[b]);
    ++counts[{first, second}];
  }
  return {counts.begin(), counts.end()};
}

}  // namespace

GroupGraph::GroupGraph(std::span<const Ends> ends, const std::vector<std::uint32_t>& groupOf)
    : m_pairs(static_cast<std::int64_t>(ends.size())),
      m_inside(groupOf.empty() ? 0 : *std::max_element(groupOf.begin(), groupOf.end()) + 1),
      m_links(m_inside.size(), [counts = pairsBetween(ends, groupOf)](auto take) {
        for (const auto& [groups, pairs] : counts) {
          if (groups[0] != groups[1]) {
            take(groups[0], Link{groups[1], pairs});
            take(groups[1], Link{groups[0], pairs});
          }
        }
      }) {
  for (const auto& [a, b] : ends) {
    m_inside[groupOf[a]] += groupOf[a] == groupOf[b] ? 1 : 0;
  }
}

Counts keptBy(const GroupGraph& graph, const std::vector<Part>& blocks) {
  Counts kept{};
  for (std::uint32_t group = 0; group < graph.size(); ++group) {
    auto& own = kept[at(blocks[group])];
    own += graph.inside(group);
    for (const auto& link : graph.links(group)) {
      own += link.group > group && blocks[link.group] == blocks[group] ? link.pairs : 0;
    }
  }
  return kept;
}

namespace {

/// A block without pairs only takes pairs from others.
std::vector<Part> withoutUselessBlocks(std::vector<Part> blocks, const Counts& kept) {
  for (auto& block : blocks) {
    if (kept[at(block)] == 0) {
      block = Part::Train;
    }
  }
  return blocks;
}

}  // namespace

std::vector<Part> randomBlocks(const GroupGraph& graph, const Shares& shares, Random& random) {
  std::vector<Part> blocks(graph.size(), Part::Train);
  std::vector<std::uint32_t> order(graph.size());
  std::iota(order.begin(), order.end(), 0U);
  random.shuffle(std::span(order));
  Growth growth(shares, {graph.pairs(), 0, 0});
  for (const bool whatever : {false, true}) {
    for (const auto group : order) {
      const auto part = growth.behind();
      if (!part) {
        return blocks;
      }
      if (blocks[group] != Part::Train) {
        continue;
      }
      Counts counts = growth.counts();
      counts[0] -= graph.inside(group);
      counts[at(*part)] += graph.inside(group);
      for (const auto& link : graph.links(group)) {
        counts[0] -= blocks[link.group] == Part::Train ? link.pairs : 0;
        counts[at(*part)] += blocks[link.group] == *part ? link.pairs : 0;
      }
      if (growth.take(*part, counts, whatever)) {
        blocks[group] = *part;
      }
    }
  }
  return withoutUselessBlocks(std::move(blocks), growth.counts());
}

Cut cutByBlocks(const SplitRequest& request, std::span<const Ends> ends,
                const std::vector<std::uint32_t>& groupOf, const std::vector<Part>& blocks) {
  std::vector<Part> ofProtein;
  ofProtein.reserve(groupOf.size());
  for (const auto group : groupOf) {
    ofProtein.push_back(blocks[group]);
  }
  Cut cut;
  for (const auto& [a, b] : ends) {
    const bool isKept = ofProtein[a] == ofProtein[b];
    cut.split.parts.push_back(isKept ? ofProtein[a] : Part::None);
    if (!isKept) {
      ++cut.dropped["its proteins are of two parts"];
    }
  }
  cut.where = [block = BlockOfProtein(request.proteins, std::move(ofProtein))](ProteinKey a,
                                                                               ProteinKey b) {
    return block(a) == block(b) ? block(a) : Part::None;
  };
  return cut;
}

}  // namespace twofold::data
