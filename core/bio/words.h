// Words of a few residues as numbers: what finds the sequences that are worth aligning.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace twofold::bio {

struct Word {
  std::uint32_t value = 0;  // below 20^letters
  std::uint32_t place = 0;  // of its first residue
};

/// Every word of the standard residues at `offsets` (ascending from 0, at most 7) from a place, by
/// place; those with another letter are left out. Offsets with gaps between them find more
/// relatives than as many residues in a row (Ma, Bioinformatics 18:440, 2002).
[[nodiscard]] std::vector<Word> wordsIn(std::string_view sequence,
                                        std::span<const std::size_t> offsets);

}  // namespace twofold::bio
