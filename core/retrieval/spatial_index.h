// The C-alphas of a chain in a FAISS index, and what of another chain is near them.
#pragma once

#include <memory>
#include <vector>

#include "core/bio/contacts.h"

namespace twofold::retrieval {

/// Immutable.
class SpatialIndex {
 public:
  /// Residues without a C-alpha are left out. Throws Error(BadInput) for a position that is not
  /// finite or over 1e15 angstrom out.
  explicit SpatialIndex(const bio::Chain& chain);
  ~SpatialIndex();
  SpatialIndex(SpatialIndex&&) noexcept;
  SpatialIndex& operator=(SpatialIndex&&) noexcept;

  /// bio::findContacts(chain, the index's chain, radius), to the last bit: FAISS names candidates,
  /// bio::calphaDistance() decides. The grid of findContacts() stays beside it for the window,
  /// which asks at each turn of a slider and carries neither FAISS nor its threads. Throws as the
  /// constructor does.
  [[nodiscard]] std::vector<bio::Contact> contactsWith(const bio::Chain& chain, float radius) const;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace twofold::retrieval
