// Which proteins are of the training part: known again by their sequences, whatever they are
// called. Proteins of one sequence are one. Torch-free.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "models/learning/channel.h"

namespace twofold::models {

class TrainingProteins {
 public:
  static constexpr std::int64_t kNone = -1;

  TrainingProteins() = default;
  /// `chosen` of `proteins`, numbered in the order in which their sequences first come.
  TrainingProteins(const ProteinInputs& proteins, std::span<const std::uint32_t> chosen);

  /// Different sequences.
  [[nodiscard]] std::size_t size() const { return m_hashes.size(); }
  /// Its number, or kNone for a protein of another part.
  [[nodiscard]] std::int64_t numberOf(const std::string& sequence) const;
  /// Ids and sequences by number. Throws Error(Internal) after restored(), which knows none.
  [[nodiscard]] const ProteinInputs& proteins() const;
  /// Pairs of chosen proteins with their numbers here.
  [[nodiscard]] std::vector<IndexedPair> renumbered(const ProteinInputs& proteins,
                                                    std::span<const IndexedPair> pairs) const;

  void save(ChannelState& state) const;
  /// Throws Error(BadInput).
  [[nodiscard]] static TrainingProteins restored(const ChannelState& state);

 private:
  std::vector<std::string> m_hashes;  // SHA-256 of their sequences
  std::map<std::string, std::int64_t> m_numbers;
  ProteinInputs m_proteins;
};

}  // namespace twofold::models
