// The best alignment of two protein sequences, and how much of them is the same.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string_view>
#include <utility>
#include <vector>

namespace twofold::bio {

struct Alignment {
  std::int32_t score = 0;                                      // half bits, see alignSequences()
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;  // residues of a and b, ascending
};

/// One alignment of the highest score: BLOSUM62, a gap of n residues costs 11 + n (BLAST's
/// default), what hangs over at the ends costs nothing; the exact recurrence of Gotoh (J Mol Biol
/// 162:705, 1982). The same pairs, turned round, for (b, a). Memory stays below 80 MB for sequences
/// of 36,000 residues: longer tables are computed a second time, block by block, on the way back.
/// Throws StopRequested.
[[nodiscard]] Alignment alignSequences(std::string_view a, std::string_view b,
                                       const std::stop_token& stop = {});

/// Without what was aligned at both ends only because something had to be: a tag of the one beside
/// residues of the other. What stays is the stretch of the highest score by the same rules.
[[nodiscard]] Alignment withoutLooseEnds(Alignment alignment, std::string_view a,
                                         std::string_view b);

struct SequenceIdentity {
  std::int64_t identical = 0;  // aligned residues of one letter, X left out
  std::int64_t columns = 0;    // from the first to the last aligned pair, gaps between included
  double identity = 0;         // identical / columns; 0 when nothing is aligned
  double coverageA = 0;        // aligned residues / length
  double coverageB = 0;
  std::int64_t aligned = 0;  // pairs of residues

  /// Of aligned residues, gaps left out: for a chain, whose loops may not have been seen.
  [[nodiscard]] double identityOfAligned() const {
    return aligned == 0 ? 0 : static_cast<double>(identical) / static_cast<double>(aligned);
  }
};

[[nodiscard]] SequenceIdentity identityIn(const Alignment& alignment, std::string_view a,
                                          std::string_view b);

/// For each residue of a the index of the residue of b that it is aligned with.
[[nodiscard]] std::vector<std::optional<std::uint32_t>> positionsIn(const Alignment& alignment,
                                                                    std::size_t lengthOfA);

}  // namespace twofold::bio
