#include "models/channels/training_proteins.h"

#include <algorithm>

#include "core/base/hash.h"

namespace twofold::models {

TrainingProteins::TrainingProteins(const ProteinInputs& proteins,
                                   std::span<const std::uint32_t> chosen) {
  for (const std::uint32_t protein : chosen) {
    m_hashes.push_back(sha256(proteins.sequences[protein]));
  }
  number();
}

/// Of proteins with one sequence the first counts.
void TrainingProteins::number() {
  for (std::size_t i = 0; i < m_hashes.size(); ++i) {
    m_numbers.emplace(m_hashes[i], static_cast<std::int64_t>(i));
  }
}

std::int64_t TrainingProteins::numberOf(const std::string& sequence) const {
  const auto found = m_numbers.find(sha256(sequence));
  return found == m_numbers.end() ? kNone : found->second;
}

void TrainingProteins::save(ChannelState& state) const {
  state.put("sequences", m_hashes);
}

TrainingProteins TrainingProteins::restored(const ChannelState& state) {
  TrainingProteins proteins;
  proteins.m_hashes = state.texts("sequences");
  proteins.number();
  return proteins;
}

std::vector<IndexedPair> renumbered(std::span<const IndexedPair> pairs,
                                    std::span<const std::uint32_t> chosen) {
  const auto number = [&](std::uint32_t protein) {
    return static_cast<std::uint32_t>(std::lower_bound(chosen.begin(), chosen.end(), protein) -
                                      chosen.begin());
  };
  std::vector<IndexedPair> result;
  result.reserve(pairs.size());
  for (const IndexedPair& pair : pairs) {
    result.push_back({number(pair.a), number(pair.b), pair.label});
  }
  return result;
}

}  // namespace twofold::models
