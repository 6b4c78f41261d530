// A contact map from residue types and places alone: what a model on embeddings must beat.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/contacts/contact_data.h"

namespace twofold::models {

/// Log-odds of residue types to be in contact, learned on training complexes, joined with
/// hydrophobicity and position by logistic regression on the same complexes. Symmetric: score(i, j)
/// of (A, B) is that of (j, i) of (B, A).
class PropensityBaseline {
 public:
  static constexpr std::size_t kTypes = 21;  // the twenty standard residues, and all others
  static constexpr std::size_t kFeatures = 5;

  /// From the named complexes; the seed draws the residue pairs without contact. Throws
  /// Error(BadInput) when they have no contact.
  PropensityBaseline(const ContactSet& set, std::span<const std::uint32_t> complexes,
                     std::uint64_t seed);

  /// One score an observed residue pair, in the order of labelsOf(): the higher the likelier.
  [[nodiscard]] std::vector<float> scores(const ContactSet& set,
                                          const ContactComplex& complex) const;
  /// ln(observed / expected) of two residue types (places in bio::kStandardResidues).
  [[nodiscard]] double logOdds(std::size_t a, std::size_t b) const { return m_pairs[a][b]; }

 private:
  using Features = std::array<double, kFeatures>;

  /// What a residue brings, whatever it meets.
  struct Residue {
    std::size_t type = 0;
    double hydrophobicity = 0;  // mean over seven residues
    double propensity = 0;      // likewise, of single log-odds
    double away = 0;            // from the chain's middle, 0 to 1
  };

  void countTypes(const ContactSet& set, std::span<const std::uint32_t> complexes);
  void fit(const ContactSet& set, std::span<const std::uint32_t> complexes, std::uint64_t seed);
  [[nodiscard]] std::vector<Residue> residuesOf(const std::string& sequence) const;
  [[nodiscard]] Features features(const Residue& a, const Residue& b) const;

  std::array<double, kTypes> m_singles{};
  std::array<std::array<double, kTypes>, kTypes> m_pairs{};
  std::array<double, kFeatures + 1> m_weights{};  // the last is the constant
};

}  // namespace twofold::models
