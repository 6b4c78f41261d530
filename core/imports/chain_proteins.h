// Finds or makes the protein that a chain of a structure is.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/bio/structure.h"
#include "core/data/protein.h"
#include "core/imports/importers.h"
#include "core/imports/sequence_search.h"
#include "core/store/project.h"
#include "core/store/protein_repository.h"

namespace twofold::imports {

/// What is needed of a chain to map it.
struct ChainIdentity {
  std::string chain;
  std::string accession;
  std::string fullSequence;
  std::string observedSequence;
  std::int32_t residues = 0;
};

[[nodiscard]] ChainIdentity identityOf(const bio::Chain& chain);

/// Which protein a chain is, and how that was found.
struct ChainProtein {
  std::optional<data::ProteinKey> protein;  // nothing: it matches none, and none was made
  std::string how;                          // "accession P69905", "94 % identity to P69905"
  std::string doubt;  // a sentence where the sequences do not agree; else empty
};

/// Inside the caller's transaction.
class ChainProteins {
 public:
  ChainProteins(store::Project& project, const ChainMatching& matching, std::stop_token stop);

  /// In this order: the accession is a protein's id; the whole sequence is a protein's; the
  /// observed residues without gaps lie in a protein. Else by ChainMatching: a new protein, named
  /// by the accession or "<structure>_<chain>", or the protein of the best alignment.
  [[nodiscard]] ChainProtein map(const ChainIdentity& chain, const std::string& structureId,
                                 const std::string& title);
  [[nodiscard]] const std::string& id(data::ProteinKey key) const { return m_ids.at(key); }
  [[nodiscard]] std::int64_t made() const { return m_made; }

 private:
  struct Start {
    std::size_t offset = 0;
    data::ProteinKey key = 0;
  };

  void remember(data::ProteinKey key, const std::string& id, const std::string& sequenceHash,
                const std::string& sequence);
  std::optional<data::ProteinKey> containing(const std::string& observed) const;
  std::optional<ChainProtein> exact(const ChainIdentity& chain, const std::string& hash);
  ChainProtein aligned(const ChainIdentity& chain);
  ChainProtein made(const ChainIdentity& chain, const std::string& structureId,
                    const std::string& title, const std::string& hash);
  std::string freeId(const std::string& wanted) const;
  [[nodiscard]] std::string sequenceAt(const Start& start) const;
  /// Among the proteins that were there before the import.
  std::optional<BestMatch> bestMatch(const ChainIdentity& chain);

  store::ProteinRepository m_proteins;
  ChainMatching m_matching;
  std::stop_token m_stop;
  std::unordered_map<std::string, data::ProteinKey> m_byId;
  std::unordered_map<std::string, data::ProteinKey> m_byHash;
  std::unordered_map<data::ProteinKey, std::string> m_ids;
  std::optional<SequenceSearch> m_search;  // made when it is first needed
  std::string m_text;  // all sequences, each ended by a line feed, to search in one go
  std::vector<Start> m_starts;
  std::size_t m_before = 0;  // of m_starts: proteins that were there before the import
  std::int64_t m_made = 0;
};

}  // namespace twofold::imports
