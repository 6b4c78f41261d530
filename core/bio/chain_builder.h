// Chains as a file gives them, cut down to one residue a place and one C-alpha a residue, with a
// note of each choice made.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/bio/structure.h"

namespace twofold::bio {

struct CalphaCandidate {
  Point position{};
  float occupancy = 1;
  float bFactor = 0;
};

struct ObservedResidue {
  Residue residue;                       // its position is filled in by ChainBuilder
  std::vector<CalphaCandidate> calphas;  // one for each alternative location
  bool alternative = false;              // has an alternative location indicator
  bool modified = false;                 // `letter` is its parent's, as M of MSE
};

struct ObservedChain {
  std::string id;
  std::string accession;
  std::string fullSequence;  // empty when the file does not give it
  std::vector<ObservedResidue> residues;
};

/// Adds to `structure`, which must outlive it.
class ChainBuilder {
 public:
  explicit ChainBuilder(Structure& structure) : m_structure(structure) {}

  void add(const ObservedChain& observed);
  /// Writes the notes that sum up all chains.
  void finish();

 private:
  Residue placed(const ObservedResidue& observed);
  void noteGaps(const Chain& chain);
  void note(const std::string& sentence);

  Structure& m_structure;
  std::size_t m_alternatives = 0;
  std::size_t m_variants = 0;
  std::map<std::pair<std::string, char>, std::size_t> m_modified;  // name and letter
};

}  // namespace twofold::bio
