// Finds the protein whose sequence a chain is most like.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/bio/alignment.h"
#include "core/data/protein.h"

namespace twofold::imports {

struct BestMatch {
  data::ProteinKey protein = 0;
  std::string id;
  bio::SequenceIdentity alike;  // a: the chain's observed residues, b: the protein
};

/// "best match is P12345 at 38 % identity over 120 residues"; percents are rounded down.
[[nodiscard]] std::string textOf(const BestMatch& match);

/// Aligns a chain with the proteins that share most words of four letters with it, all proteins
/// where there are few. Two sequences that are 60 % identical over 100 residues share some 13.
class SequenceSearch {
 public:
  static constexpr std::size_t kAligned = 32;

  void add(data::ProteinKey key, const std::string& id, const std::string& sequence);

  /// The one with the most identical residues, the earlier of equals; nothing where no protein
  /// shares a word, or has an alignment. Throws StopRequested.
  [[nodiscard]] std::optional<BestMatch> best(std::string_view observed,
                                              const std::stop_token& stop = {}) const;

 private:
  struct Entry {
    data::ProteinKey key = 0;
    std::string id;
    std::string sequence;
  };

  [[nodiscard]] std::vector<std::uint32_t> candidates(std::string_view observed) const;

  std::vector<Entry> m_entries;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> m_places;  // entries, by word
};

}  // namespace twofold::imports
