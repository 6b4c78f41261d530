// Which of many sequences may be relatives of one: a fast look before the slow alignment.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace twofold::bio {

/// Remembers words of four residues, not quite in a row, of its sequences. A relative shares words
/// on one diagonal (the difference of places); each is extended without gaps as BLAST does
/// (Altschul, Nucleic Acids Res 25:3389, 1997), and what lies on near diagonals counts together.
/// Made for identities of 40 % and more; core/audit/AUDIT.md has what it finds of what aligning
/// everything finds.
class RelativeFinder {
 public:
  /// At most four million. Words at places above a million are not looked at.
  explicit RelativeFinder(std::span<const std::string_view> sequences);

  struct Candidate {
    std::uint32_t sequence = 0;  // index among those given
    std::int32_t score = 0;      // half bits, of segments without gaps on near diagonals
  };

  /// Those whose score reaches what relatives over this share of the shorter sequence have at
  /// least, by index. Safe from several threads.
  [[nodiscard]] std::vector<Candidate> candidates(std::string_view query, double coverage) const;

 private:
  struct Entry {
    std::uint32_t sequence = 0;
    std::uint32_t place = 0;
  };

  std::vector<std::vector<std::uint8_t>> m_letters;  // of each sequence, as kBlosum62's indices
  std::vector<std::uint32_t> m_starts;               // of each word's entries, and the end
  std::vector<Entry> m_entries;
};

}  // namespace twofold::bio
