// The interface of two chains: contacts, the residues that have one, and the local sequences.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/bio/contacts.h"

namespace twofold::retrieval {

enum class Matching {
  ManyToMany,  // every contact
  OneToOne     // each residue in one contact at most: the nearest first, ties by residue index,
               // leaving out those whose residues are taken
};

struct ChainInterface {
  std::vector<bio::Contact> contacts;  // nearest first
  std::vector<std::uint32_t> a;        // residues of the first chain in a contact, ascending
  std::vector<std::uint32_t> b;
  std::string localA;  // the observed sequence with '-' for residues without a contact
  std::string localB;
};

/// Contacts within `radius` angstrom. Throws as SpatialIndex does.
[[nodiscard]] ChainInterface findInterface(const bio::Chain& a, const bio::Chain& b, float radius,
                                           Matching matching);

}  // namespace twofold::retrieval
