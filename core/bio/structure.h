// A parsed 3-D model reduced to what this program uses: chains of residues with C-alphas.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace twofold::bio {

using Point = std::array<float, 3>;  // angstrom

struct Residue {
  std::string name;         // "GLY", "MSE"
  char letter = 'X';        // one-letter code, X when unknown
  std::int32_t number = 0;  // author numbering
  char insertion = ' ';     // author insertion code, ' ' when none
  bool hasCalpha = false;   // false: no position, drawn as a gap
  Point calpha{};
  float bFactor = 0;                  // as in the file, whatever it means there
  std::optional<float> confidence{};  // pLDDT, 0 to 100; none: experiment, or not known
};

struct Chain {
  std::string id;                 // author chain name
  std::string accession;          // UniProt accession from DBREF or struct_ref_seq, or empty
  std::vector<Residue> residues;  // observed polymer residues, in order
  std::string fullSequence;       // SEQRES where given, else the observed letters

  /// One letter for each observed residue.
  [[nodiscard]] std::string observedSequence() const;
};

struct Structure {
  std::string id;  // "2HHB", or the file's stem
  std::string title;
  bool predicted = false;          // a model, no experiment
  std::vector<Chain> chains;       // protein chains only
  std::vector<std::string> notes;  // defined choices made while reading, one sentence each

  /// The chain of that name, or null.
  [[nodiscard]] const Chain* chain(const std::string& name) const;
};

/// "A:HIS 87" or "A:HIS 87B".
[[nodiscard]] std::string residueLabel(const Chain& chain, const Residue& residue);

}  // namespace twofold::bio
