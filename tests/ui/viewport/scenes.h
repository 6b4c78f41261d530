// Small structures made in code for the tests of the 3-D view.
#pragma once

#include <string>

#include "ui/viewport/structure_scene.h"

namespace twofold::ui::test {

/// `count` C-alphas 3.8 angstrom apart along x at height `y`.
[[nodiscard]] inline bio::Chain straightChain(const std::string& id, int count, float y) {
  bio::Chain chain;
  chain.id = id;
  for (int i = 0; i < count; ++i) {
    bio::Residue residue;
    residue.name = "ALA";
    residue.letter = 'A';
    residue.number = i + 1;
    residue.hasCalpha = true;
    residue.calpha = {3.8F * static_cast<float>(i), y, 0};
    chain.residues.push_back(residue);
  }
  return chain;
}

/// Chains A and B side by side, `apart` angstrom from each other.
[[nodiscard]] inline bio::Structure twoChains(int count = 12, float apart = 7) {
  bio::Structure structure;
  structure.id = "TEST";
  structure.title = "Two straight chains";
  structure.chains = {straightChain("A", count, 0), straightChain("B", count, apart)};
  return structure;
}

}  // namespace twofold::ui::test
