// Complexes whose contacts follow from the residues: a learnable problem without a backbone.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/random.h"
#include "models/contacts/contact_data.h"

namespace twofold::models {

struct MadeUpComplexes {
  ContactSet set;
  ResidueEmbeddings embeddings;
};

/// Every second complex is longer. A tryptophan of one chain touches every cysteine of the other;
/// residues are one-hot. Chains share no family.
inline MadeUpComplexes madeUpComplexes(std::uint32_t count, std::size_t length = 24) {
  constexpr std::string_view kOthers = "ADEFGHIKLMNPQRSTVY";
  constexpr std::string_view kAll = "ACDEFGHIKLMNPQRSTVWY";
  MadeUpComplexes made;
  made.embeddings = {"made-up", static_cast<std::int64_t>(kAll.size()), {}};
  Random random(7);
  for (std::uint32_t c = 0; c < count; ++c) {
    ContactComplex complex;
    complex.structure = "M" + std::to_string(c);
    complex.name = complex.structure + " A:B";
    for (int side = 0; side < 2; ++side) {
      const std::size_t residues = length + (c % 2) * 8 + static_cast<std::size_t>(side) * 3;
      std::string sequence;
      for (std::size_t i = 0; i < residues; ++i) {
        sequence += kOthers[random.below(kOthers.size())];
      }
      for (int special = 0; special < 3; ++special) {
        sequence[random.below(residues)] = side == 0 ? 'W' : 'C';
      }
      (side == 0 ? complex.a : complex.b) = static_cast<std::uint32_t>(made.set.sequences.size());
      auto& observed = side == 0 ? complex.observedA : complex.observedB;
      (side == 0 ? complex.lengthA : complex.lengthB) = residues;
      std::vector<float> rows(residues * kAll.size());
      for (std::uint32_t i = 0; i < residues; ++i) {
        rows[i * kAll.size() + kAll.find(sequence[i])] = 1;
        observed.push_back(i);
      }
      made.set.ids.push_back(complex.structure + (side == 0 ? " A" : " B"));
      made.set.sequences.push_back(sequence);
      made.embeddings.rows.push_back(std::move(rows));
    }
    for (const auto i : complex.observedA) {
      for (const auto j : complex.observedB) {
        if (made.set.sequences[complex.a][i] == 'W' && made.set.sequences[complex.b][j] == 'C') {
          complex.contacts.push_back({i, j});
        }
      }
    }
    made.set.complexes.push_back(std::move(complex));
  }
  return made;
}

}  // namespace twofold::models
