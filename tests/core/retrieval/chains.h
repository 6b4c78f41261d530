// Chains with C-alphas at random or given places.
#pragma once

#include <vector>

#include "core/base/random.h"
#include "core/bio/structure.h"

namespace twofold::tests {

/// Points in a cube around `centre`; every tenth residue has no C-alpha.
inline bio::Chain randomChain(Random& random, std::size_t count, double size, double centre) {
  bio::Chain chain;
  for (std::size_t i = 0; i < count; ++i) {
    bio::Residue residue;
    residue.letter = 'A';
    residue.hasCalpha = i % 10 != 9;
    for (float& value : residue.calpha) {
      value = static_cast<float>(centre + size * (random.uniform() - 0.5));
    }
    chain.residues.push_back(residue);
  }
  return chain;
}

/// Residues on the x axis.
inline bio::Chain chainAt(const std::string& letters, const std::vector<float>& places) {
  bio::Chain chain;
  for (std::size_t i = 0; i < places.size(); ++i) {
    bio::Residue residue;
    residue.letter = letters[i];
    residue.hasCalpha = true;
    residue.calpha = {places[i], 0, 0};
    chain.residues.push_back(residue);
  }
  return chain;
}

}  // namespace twofold::tests
