#include "core/data/residue_frequencies.h"

#include <cmath>

namespace twofold::data {

namespace {

/// Sequences are normalised to upper-case letters; anything else would count as X.
std::size_t place(char residue) {
  return residue >= 'A' && residue <= 'Z' ? static_cast<std::size_t>(residue - 'A')
                                          : static_cast<std::size_t>('X' - 'A');
}

}  // namespace

/// One of each to begin with (Laplace), so that what was never seen is only improbable.
ResidueFrequencies::ResidueFrequencies()
    : m_pair(kLetters * kLetters, 1), m_all(static_cast<double>(kLetters)) {
  m_single.fill(1);
  m_before.fill(static_cast<double>(kLetters));
}

void ResidueFrequencies::add(std::string_view sequence) {
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    const auto residue = place(sequence[i]);
    ++m_single[residue];
    ++m_all;
    if (i > 0) {
      const auto before = place(sequence[i - 1]);
      ++m_pair[before * kLetters + residue];
      ++m_before[before];
    }
  }
}

double ResidueFrequencies::unigramNats(char residue) const {
  return -std::log(m_single[place(residue)] / m_all);
}

double ResidueFrequencies::bigramNats(char before, char residue) const {
  return -std::log(m_pair[place(before) * kLetters + place(residue)] / m_before[place(before)]);
}

}  // namespace twofold::data
