#include "core/retrieval/chain_interface.h"

#include "core/retrieval/spatial_index.h"

namespace twofold::retrieval {

namespace {

void keepOneToOne(const bio::Chain& a, const bio::Chain& b, std::vector<bio::Contact>& contacts) {
  std::vector<bool> takenA(a.residues.size());
  std::vector<bool> takenB(b.residues.size());
  std::erase_if(contacts, [&](const bio::Contact& contact) {
    if (takenA[contact.a] || takenB[contact.b]) {
      return true;
    }
    takenA[contact.a] = true;
    takenB[contact.b] = true;
    return false;
  });
}

/// The residues of one chain that `isInContact` says are, and its sequence without the others.
void collect(const bio::Chain& chain, const std::vector<bool>& isInContact,
             std::vector<std::uint32_t>& residues, std::string& local) {
  local = chain.observedSequence();
  for (std::uint32_t i = 0; i < isInContact.size(); ++i) {
    if (isInContact[i]) {
      residues.push_back(i);
    } else {
      local[i] = '-';
    }
  }
}

}  // namespace

ChainInterface findInterface(const bio::Chain& a, const bio::Chain& b, float radius,
                             Matching matching) {
  ChainInterface found;
  found.contacts = SpatialIndex(b).contactsWith(a, radius);
  if (matching == Matching::OneToOne) {
    keepOneToOne(a, b, found.contacts);
  }
  std::vector<bool> inA(a.residues.size());
  std::vector<bool> inB(b.residues.size());
  for (const auto& contact : found.contacts) {
    inA[contact.a] = true;
    inB[contact.b] = true;
  }
  collect(a, inA, found.a, found.localA);
  collect(b, inB, found.b, found.localB);
  return found;
}

}  // namespace twofold::retrieval
