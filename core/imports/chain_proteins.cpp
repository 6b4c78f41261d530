#include "core/imports/chain_proteins.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
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

ChainProteins::ChainProteins(store::Project& project, const ChainMatching& matching,
                             std::stop_token stop)
    : m_proteins(project.database()), m_matching(matching), m_stop(std::move(stop)) {
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
  m_before = m_starts.size();
}

std::string ChainProteins::sequenceAt(const Start& start) const {
  return m_text.substr(start.offset, m_text.find('\n', start.offset) - start.offset);
}

std::optional<BestMatch> ChainProteins::bestMatch(const ChainIdentity& chain) {
  if (!m_search) {
    m_search.emplace();
    for (std::size_t i = 0; i < m_before; ++i) {
      m_search->add(m_starts[i].key, m_ids.at(m_starts[i].key), sequenceAt(m_starts[i]));
    }
  }
  return m_search->best(chain.observedSequence, m_stop);
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

std::optional<ChainProtein> ChainProteins::exact(const ChainIdentity& chain,
                                                 const std::string& hash) {
  if (const auto known = m_byId.find(chain.accession);
      !chain.accession.empty() && known != m_byId.end()) {
    ChainProtein found{known->second, "accession " + chain.accession, {}};
    const auto start = std::find_if(m_starts.begin(), m_starts.end(),
                                    [&](const Start& each) { return each.key == known->second; });
    const std::string sequence = sequenceAt(*start);
    const auto alike =
        bio::identityIn(bio::alignSequences(chain.observedSequence, sequence, m_stop),
                        chain.observedSequence, sequence);
    if (alike.identityOfAligned() < m_matching.identity || alike.coverageA < m_matching.coverage) {
      found.doubt = fmt::format(
          "the file says {}, and {:.0f} % of its residues align with that sequence, {} % of them "
          "identical",
          chain.accession, std::floor(100 * alike.coverageA),
          std::floor(100 * alike.identityOfAligned()));
    }
    return found;
  }
  if (const auto known = m_byHash.find(hash); known != m_byHash.end()) {
    return ChainProtein{known->second, "same sequence", {}};
  }
  if (const auto known = containing(chain.observedSequence)) {
    return ChainProtein{known, "part of the sequence", {}};
  }
  return std::nullopt;
}

ChainProtein ChainProteins::aligned(const ChainIdentity& chain) {
  const auto best = bestMatch(chain);
  if (!best) {
    return {std::nullopt, {}, "no protein of the project is like it"};
  }
  const auto& alike = best->alike;
  if (alike.identityOfAligned() < m_matching.identity) {
    return {std::nullopt,
            {},
            fmt::format("{}; below {:g} %", textOf(*best), 100 * m_matching.identity)};
  }
  if (alike.aligned < m_matching.residues || alike.coverageA < m_matching.coverage) {
    return {std::nullopt,
            {},
            fmt::format("{}, {:.0f} % of the chain; below {} residues or {:g} %", textOf(*best),
                        std::floor(100 * alike.coverageA), m_matching.residues,
                        100 * m_matching.coverage)};
  }
  return {best->protein,
          fmt::format("{:.0f} % identity to {} over {} residues",
                      std::floor(100 * alike.identityOfAligned()), best->id, alike.aligned),
          {}};
}

ChainProtein ChainProteins::made(const ChainIdentity& chain, const std::string& structureId,
                                 const std::string& title, const std::string& hash) {
  const auto best = bestMatch(chain);
  const std::string id = freeId(
      chain.accession.empty() ? fmt::format("{}_{}", structureId, chain.chain) : chain.accession);
  const data::ProteinKey key = m_proteins.insert({0, id, title, "", chain.fullSequence});
  remember(key, id, hash, chain.fullSequence);
  ++m_made;
  return {key, chain.accession.empty() ? "new protein" : "new protein, accession of the file",
          best ? textOf(*best) : std::string()};
}

ChainProtein ChainProteins::map(const ChainIdentity& chain, const std::string& structureId,
                                const std::string& title) {
  const std::string hash = sha256(chain.fullSequence);
  if (auto found = exact(chain, hash)) {
    return *std::move(found);
  }
  return m_matching.bySequence ? aligned(chain) : made(chain, structureId, title, hash);
}

}  // namespace twofold::imports
