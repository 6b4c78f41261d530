// Sequences that a language model can learn something from: a period of five with noise.
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"

namespace twofold::test {

inline std::vector<std::string> madeUpProteins(std::size_t count, std::uint64_t seed = 5) {
  Random random(seed);
  const std::string residues = "LAGVSERTIDPKQNFYMHWC";
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) {
    std::string motif;
    for (int k = 0; k < 5; ++k) {
      motif += residues[random.below(residues.size())];
    }
    std::string sequence;
    const auto length = 20 + random.below(400);
    while (sequence.size() < length) {
      sequence += random.below(4) == 0 ? residues[random.below(residues.size())]
                                       : motif[sequence.size() % motif.size()];
    }
    all.push_back(sequence);
  }
  return all;
}

}  // namespace twofold::test
