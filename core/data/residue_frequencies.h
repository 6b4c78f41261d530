// Counts of residues and of neighbours: what a language model has to beat.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace twofold::data {

class ResidueFrequencies {
 public:
  ResidueFrequencies();
  void add(std::string_view sequence);

  /// -ln p(residue), from how often it was counted.
  [[nodiscard]] double unigramNats(char residue) const;
  /// -ln p(residue | the one before it).
  [[nodiscard]] double bigramNats(char before, char residue) const;

 private:
  static constexpr std::size_t kLetters = 26;
  std::array<double, kLetters> m_single;
  std::vector<double> m_pair;  // [before, residue]
  std::array<double, kLetters> m_before;
  double m_all;
};

}  // namespace twofold::data
