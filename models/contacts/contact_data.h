// Complexes with their known contacts: what a contact model learns from and is measured on.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/bio/structure.h"

namespace twofold::models {

/// Residues of the two sequences of a complex, counted from 0.
struct ResiduePair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;

  friend auto operator<=>(const ResiduePair&, const ResiduePair&) = default;
};

struct ContactComplex {
  std::string name;        // "1AVX A:B"
  std::string structure;   // "1AVX"
  bool isHomomer = false;  // both chains are one protein
  std::uint32_t a = 0;     // index of the first chain's sequence
  std::uint32_t b = 0;
  std::size_t lengthA = 0;  // residues of the sequence, unobserved ones included
  std::size_t lengthB = 0;
  std::vector<std::uint32_t> observedA;  // residues with a known C-alpha, ascending
  std::vector<std::uint32_t> observedB;
  std::vector<ResiduePair> contacts;  // among observed residues, ascending

  [[nodiscard]] std::size_t cells() const { return observedA.size() * observedB.size(); }
};

/// Two sequences that are known not to interact.
struct NegativePair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

struct ContactSet {
  std::vector<std::string> ids;        // of the sequences, for messages: "1AVX A"
  std::vector<std::string> sequences;  // as embedded, unobserved residues included
  std::vector<ContactComplex> complexes;
  std::vector<NegativePair> negatives;
};

/// Vectors of residues, [residues, width] row-major, one entry a sequence.
struct ResidueEmbeddings {
  std::string identity;  // of the backbone
  std::int64_t width = 0;
  std::vector<std::vector<float>> rows;

  [[nodiscard]] std::int64_t residues(std::size_t sequence) const {
    return static_cast<std::int64_t>(rows[sequence].size()) / width;
  }
};

/// What is embedded of a chain: its full sequence, or the observed residues where none is given.
[[nodiscard]] std::string sequenceOf(const bio::Chain& chain);

/// Label 1 for a contact, for each pair of observed residues, the first chain's the slower.
[[nodiscard]] std::vector<std::int8_t> labelsOf(const ContactComplex& complex);

/// The complex of two chains: contacts within `distance` angstrom between C-alphas, in places of
/// the chains' full sequences. Throws as retrieval::findInterface().
[[nodiscard]] ContactComplex complexOf(const bio::Chain& a, const bio::Chain& b, float distance);

/// An upper bound, for the eyes of people only: every residue also says whether it has a contact in
/// the known complex. Each chain then has rows of its own.
[[nodiscard]] std::pair<ContactSet, ResidueEmbeddings> withOracle(
    const ContactSet& set, const ResidueEmbeddings& embeddings);

}  // namespace twofold::models
