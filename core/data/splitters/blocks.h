// Dividing proteins into a block for training, one for validation and one for test; pairs between
// two blocks are lost. What must stay together, a group, is of one block.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/base/progress.h"
#include "core/base/random.h"
#include "core/data/splitters/protein_index.h"
#include "core/data/splitters/shares.h"

namespace twofold::data {

/// Groups of proteins and how many pairs there are inside and between them.
class GroupGraph {
 public:
  struct Link {
    std::uint32_t group = 0;
    std::int64_t pairs = 0;
  };

  /// `groupOf` each protein; groups are counted from 0.
  GroupGraph(std::span<const Ends> ends, const std::vector<std::uint32_t>& groupOf);

  [[nodiscard]] std::size_t size() const { return m_inside.size(); }
  [[nodiscard]] std::int64_t pairs() const { return m_pairs; }
  [[nodiscard]] std::int64_t inside(std::uint32_t group) const { return m_inside[group]; }
  [[nodiscard]] std::span<const Link> links(std::uint32_t group) const { return m_links.of(group); }

 private:
  std::int64_t m_pairs;
  std::vector<std::int64_t> m_inside;
  LinkLists<Link> m_links;
};

/// Pairs that stay, by block; all other pairs are between blocks.
[[nodiscard]] Counts keptBy(const GroupGraph& graph, const std::vector<Part>& blocks);

/// Groups go to blocks in random order until the pairs that are kept have the shares.
[[nodiscard]] std::vector<Part> randomBlocks(const GroupGraph& graph, const Shares& shares,
                                             Random& random);

struct Watched {
  const ProgressSink& progress;
  const std::stop_token& stop;
};

/// Moves groups between blocks so that more pairs are kept: threshold accepting (Dueck and Scheuer,
/// J Comput Phys 90:161, 1990) with a price on what is off the shares. Never fewer are kept than by
/// `start`, and the shares are kept as well as there, or to 2 % of the pairs.
[[nodiscard]] std::vector<Part> refinedBlocks(const GroupGraph& graph, std::vector<Part> start,
                                              const Shares& shares, Random& random,
                                              const Watched& watched);

/// The cut that blocks of groups make.
[[nodiscard]] Cut cutByBlocks(const SplitRequest& request, std::span<const Ends> ends,
                              const std::vector<std::uint32_t>& groupOf,
                              const std::vector<Part>& blocks);

}  // namespace twofold::data
