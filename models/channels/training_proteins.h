// Which proteins are of the training part: known again by their sequences, whatever they are
// called. Torch-free.
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
  /// `chosen` of `proteins`, numbered in that order.
  TrainingProteins(const ProteinInputs& proteins, std::span<const std::uint32_t> chosen);

  [[nodiscard]] std::size_t size() const { return m_hashes.size(); }
  /// Its number, or kNone for a protein of another part.
  [[nodiscard]] std::int64_t numberOf(const std::string& sequence) const;

  void save(ChannelState& state) const;
  /// Throws Error(BadInput).
  [[nodiscard]] static TrainingProteins restored(const ChannelState& state);

 private:
  void number();

  std::vector<std::string> m_hashes;  // SHA-256 of their sequences
  std::map<std::string, std::int64_t> m_numbers;
};

/// Pairs with the numbers that `chosen`, ascending, gives their proteins.
[[nodiscard]] std::vector<IndexedPair> renumbered(std::span<const IndexedPair> pairs,
                                                  std::span<const std::uint32_t> chosen);

}  // namespace twofold::models
