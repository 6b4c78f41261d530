// Which residue of a structure is which residue of a protein's sequence, each with its own number.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/bio/alignment.h"
#include "core/bio/structure.h"

namespace twofold::bio {

/// A residue of a chain as the file names it.
struct MappedResidue {
  std::uint32_t index = 0;  // in Chain::residues
  std::int32_t number = 0;  // author numbering
  char insertion = ' ';
  std::string name;                   // "GLY", "MSE"
  char letter = 'X';                  // of the structure
  std::optional<float> confidence{};  // pLDDT, of predicted models

  /// "87" or "87B".
  [[nodiscard]] std::string label() const;
};

struct SequenceMapping {
  std::string chain;
  std::vector<std::optional<MappedResidue>> residues;  // one a residue of the sequence, or a gap
  SequenceIdentity alike;  // a: the sequence, b: the chain's observed residues

  std::size_t first = 0;      // of the sequence, from 1, with a residue; 0: nothing is mapped
  std::size_t last = 0;       // of the sequence, from 1
  std::size_t gaps = 0;       // stretches between first and last without a residue
  std::size_t mutations = 0;  // mapped standard residues of another letter than the sequence's
  std::size_t modified = 0;   // mapped residues that are none of the twenty, as MSE
  std::size_t tags = 0;       // residues of the chain before or behind all mapped ones
  std::size_t inserted = 0;   // residues of the chain between mapped ones that the sequence lacks
};

/// By alignSequences() without its loose ends. Where a gap could stand at several places with the
/// same letters, it is put where the chain is broken: numbers jump, or C-alphas are more than 4.5
/// angstrom apart. Throws StopRequested.
[[nodiscard]] SequenceMapping mapSequence(std::string_view sequence, const Chain& chain,
                                          const std::stop_token& stop = {});

/// "P12345 1-312 ↔ chain A 24-331, 97 % identity, 4 gaps", with mutations, modified residues and
/// tags where there are some; UTF-8.
[[nodiscard]] std::string summaryOf(const SequenceMapping& mapping, std::string_view protein);

}  // namespace twofold::bio
