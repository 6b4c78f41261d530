#include "core/data/splitters/protein_index.h"

#include <fmt/format.h>

#include <algorithm>

namespace twofold::data {

std::uint32_t placeOf(std::span<const SplitProtein> proteins, ProteinKey key) {
  const auto found =
      std::lower_bound(proteins.begin(), proteins.end(), key,
                       [](const SplitProtein& protein, ProteinKey k) { return protein.key < k; });
  if (found == proteins.end() || found->key != key) {
    throw Error(ErrorKind::Internal, fmt::format("protein number {} is none of the split's", key));
  }
  return static_cast<std::uint32_t>(found - proteins.begin());
}

std::vector<Ends> endsOf(const SplitRequest& request) {
  std::vector<Ends> ends;
  ends.reserve(request.pairs.size());
  for (const Pair& pair : request.pairs) {
    ends.push_back({placeOf(request.proteins, pair.a), placeOf(request.proteins, pair.b)});
  }
  return ends;
}

BlockOfProtein::BlockOfProtein(std::span<const SplitProtein> proteins, std::vector<Part> blocks)
    : m_blocks(std::move(blocks)) {
  for (const auto& protein : proteins) {
    m_keys.push_back(protein.key);
  }
}

Part BlockOfProtein::operator()(ProteinKey key) const {
  const auto found = std::lower_bound(m_keys.begin(), m_keys.end(), key);
  return found == m_keys.end() || *found != key
             ? Part::None
             : m_blocks[static_cast<std::size_t>(found - m_keys.begin())];
}

}  // namespace twofold::data
