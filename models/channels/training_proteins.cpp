#include "models/channels/training_proteins.h"

#include "core/base/error.h"
#include "core/base/hash.h"

namespace twofold::models {

TrainingProteins::TrainingProteins(const ProteinInputs& proteins,
                                   std::span<const std::uint32_t> chosen) {
  for (const std::uint32_t protein : chosen) {
    const auto& sequence = proteins.sequences[protein];
    const auto number = static_cast<std::int64_t>(m_hashes.size());
    if (auto hash = sha256(sequence); m_numbers.emplace(hash, number).second) {
      m_hashes.push_back(std::move(hash));
      m_proteins.ids.push_back(proteins.ids[protein]);
      m_proteins.sequences.push_back(sequence);
    }
  }
}

std::int64_t TrainingProteins::numberOf(const std::string& sequence) const {
  const auto found = m_numbers.find(sha256(sequence));
  return found == m_numbers.end() ? kNone : found->second;
}

const ProteinInputs& TrainingProteins::proteins() const {
  if (m_proteins.ids.size() != m_hashes.size()) {
    throw Error(ErrorKind::Internal, "a checkpoint's training proteins have no sequences");
  }
  return m_proteins;
}

std::vector<IndexedPair> TrainingProteins::renumbered(const ProteinInputs& proteins,
                                                      std::span<const IndexedPair> pairs) const {
  std::vector<std::int64_t> numbers(proteins.sequences.size(), kNone);
  const auto number = [&](std::uint32_t protein) {
    if (numbers[protein] == kNone) {
      numbers[protein] = numberOf(proteins.sequences[protein]);
    }
    return static_cast<std::uint32_t>(numbers[protein]);
  };
  std::vector<IndexedPair> result;
  result.reserve(pairs.size());
  for (const IndexedPair& pair : pairs) {
    result.push_back({number(pair.a), number(pair.b), pair.label});
  }
  return result;
}

void TrainingProteins::save(ChannelState& state) const {
  state.put("sequences", m_hashes);
}

TrainingProteins TrainingProteins::restored(const ChannelState& state) {
  TrainingProteins proteins;
  proteins.m_hashes = state.texts("sequences");
  for (std::size_t i = 0; i < proteins.m_hashes.size(); ++i) {
    proteins.m_numbers.emplace(proteins.m_hashes[i], static_cast<std::int64_t>(i));
  }
  return proteins;
}

}  // namespace twofold::models
