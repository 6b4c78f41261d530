// Reads "which subunit of which complex" out of a protein's name and organism.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace twofold::imports {

struct SubunitName {
  std::string complex;  // lower case: "atp synthase"
  std::string subunit;  // lower case: "alpha"
};

/// From "X subunit Y", "X Y subunit" (Y a Greek letter, "large" or "small"), "50S ribosomal protein
/// L3" and "Photosystem II reaction center protein T"; nothing for other names. Fragments and
/// names with "putative", "-like" or "homolog" are read as the others, their "(Fragment)" removed.
[[nodiscard]] std::optional<SubunitName> subunitOf(std::string_view proteinName);

/// Genus and species without strain: "Bacillus subtilis (strain 168)" → "bacillus subtilis";
/// the whole text when the species has no name ("Bacillus sp. JS").
[[nodiscard]] std::string speciesOf(std::string_view organism);

}  // namespace twofold::imports
