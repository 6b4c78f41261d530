// Amino-acid sequences: which letters are allowed and how they are normalised.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace twofold::bio {

/// The twenty standard residues in alphabetical order of their letters.
inline constexpr std::string_view kStandardResidues = "ACDEFGHIKLMNPQRSTVWY";

/// Index in kStandardResidues, or nothing for B, J, O, U, X, Z.
[[nodiscard]] std::optional<std::size_t> residueIndex(char letter) noexcept;

/// True for the 26 IUPAC residue letters (upper case).
[[nodiscard]] bool isResidueLetter(char letter) noexcept;

/// Upper case, white space and a trailing '*' removed. Returns the offending character's
/// position in `wrong` when one is not a residue letter.
[[nodiscard]] std::string normalisedSequence(std::string_view text,
                                             std::optional<std::size_t>& wrong);

}  // namespace twofold::bio
