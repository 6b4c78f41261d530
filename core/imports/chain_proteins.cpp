#include "core/imports/chain_proteins.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "core/base/hash.h"

namespace twofold::imports {

namespace {

/// Shorter stretches, peptides above all, lie in unrelated proteins by chance.
constexpr std::size_t kShortestContained = 30;

}  // namespace

ChainIdentity identityOf(const bio::Chain& chain) {
  std::string observed = chain.observedSequence();
  return {chain.id, chain.accession, chain.fullSequence.empty() ? observed : chain.fullSequence,
          std::move(observed), static_cast<std::int32_t>(chain.residues.size())};
}

ChainProteins::ChainProteins(store::Project& project) : m_proteins(project.database()) {
  const auto identities = m_proteins.identities();
  std::vector<data::ProteinKey> keys;
  keys.reserve(identities.size());
  for (const auto& identity : identities) {
    keys.push_back(identity.key);
  }
  const auto proteins = m_proteins.load(keys);
  for (std::size_t i = 0; i < proteins.size(); ++i) {
    remember(proteins[i].key, proteins[i].id, identities[i].sequenceHash, proteins[i].sequence);
  }
}

void ChainProteins::remember(data::ProteinKey key, const std::string& id,
                             const std::string& sequenceHash, const std::string& sequence) {
  m_byId.emplace(id, key);
  m_byHash.emplace(sequenceHash, key);
  m_ids.emplace(key, id);
  m_starts.push_back({m_text.size(), key});
  m_text += sequence;
  m_text += '\n';
}

std::optional<data::ProteinKey> ChainProteins::containing(const std::string& observed) const {
  if (observed.size() < kShortestContained) {
    return std::nullopt;
  }
  const auto found =
      std::search(m_text.begin(), m_text.end(),
                  std::boyer_moore_horspool_searcher(observed.begin(), observed.end()));
  if (found == m_text.end()) {
    return std::nullopt;
  }
  const auto offset = static_cast<std::size_t>(found - m_text.begin());
  const auto after =
      std::upper_bound(m_starts.begin(), m_starts.end(), offset,
                       [](std::size_t at, const Start& start) { return at < start.offset; });
  return std::prev(after)->key;
}

std::string ChainProteins::freeId(const std::string& wanted) const {
  std::string id = wanted;
  for (int number = 2; m_byId.contains(id); ++number) {
    id = fmt::format("{}_{}", wanted, number);
  }
  return id;
}

std::pair<data::ProteinKey, std::string> ChainProteins::map(const ChainIdentity& chain,
                                                            const std::string& structureId,
                                                            const std::string& title) {
  if (const auto known = m_byId.find(chain.accession);
      !chain.accession.empty() && known != m_byId.end()) {
    return {known->second, "accession " + chain.accession};
  }
  const std::string hash = sha256(chain.fullSequence);
  if (const auto known = m_byHash.find(hash); known != m_byHash.end()) {
    return {known->second, "same sequence"};
  }
  if (const auto known = containing(chain.observedSequence)) {
    return {*known, "part of the sequence"};
  }
  const std::string id = freeId(
      chain.accession.empty() ? fmt::format("{}_{}", structureId, chain.chain) : chain.accession);
  const data::ProteinKey key = m_proteins.insert({0, id, title, "", chain.fullSequence});
  remember(key, id, hash, chain.fullSequence);
  ++m_made;
  return {key, chain.accession.empty() ? "new protein" : "new protein, accession of the file"};
}

}  // namespace twofold::imports
