// Residues of two chains that are near each other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/bio/structure.h"

namespace twofold::bio {

struct Contact {
  std::uint32_t a = 0;  // residue index in the first chain
  std::uint32_t b = 0;  // residue index in the second chain
  float distance = 0;   // C-alpha to C-alpha, angstrom
};

/// The one arithmetic that decides what is a contact.
[[nodiscard]] float calphaDistance(const Point& a, const Point& b) noexcept;

/// By distance, then by the residues' indices.
void sortNearestFirst(std::vector<Contact>& contacts);

/// All residue pairs with C-alphas at most `radius` angstrom apart, nearest first.
/// A uniform grid of cell size `radius`: linear in residues.
[[nodiscard]] std::vector<Contact> findContacts(const Chain& a, const Chain& b, float radius);

struct ChainPair {
  std::size_t a = 0;  // chain index in the structure
  std::size_t b = 0;  // a < b
  std::size_t contacts = 0;
};

/// Chain pairs with at least `minimum` contacts within `radius`.
[[nodiscard]] std::vector<ChainPair> chainPairsInContact(const Structure& structure, float radius,
                                                         std::size_t minimum);

}  // namespace twofold::bio
