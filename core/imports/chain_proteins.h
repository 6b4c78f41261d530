// Finds or makes the protein that a chain of a structure is.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/bio/structure.h"
#include "core/data/protein.h"
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

/// Inside the caller's transaction.
class ChainProteins {
 public:
  explicit ChainProteins(store::Project& project);

  /// The protein and how it was found, in this order: the accession is a protein's id; the whole
  /// sequence is a protein's; the observed residues without gaps lie in a protein; else a new
  /// protein, named by the accession or "<structure>_<chain>".
  [[nodiscard]] std::pair<data::ProteinKey, std::string> map(const ChainIdentity& chain,
                                                             const std::string& structureId,
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
  std::string freeId(const std::string& wanted) const;

  store::ProteinRepository m_proteins;
  std::unordered_map<std::string, data::ProteinKey> m_byId;
  std::unordered_map<std::string, data::ProteinKey> m_byHash;
  std::unordered_map<data::ProteinKey, std::string> m_ids;
  std::string m_text;  // all sequences, each ended by a line feed, to search in one go
  std::vector<Start> m_starts;
  std::int64_t m_made = 0;
};

}  // namespace twofold::imports
