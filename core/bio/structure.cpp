#include "core/bio/structure.h"

#include <fmt/format.h>

namespace twofold::bio {

std::string Chain::observedSequence() const {
  std::string sequence;
  sequence.reserve(residues.size());
  for (const auto& residue : residues) {
    sequence.push_back(residue.letter);
  }
  return sequence;
}

const Chain* Structure::chain(const std::string& name) const {
  for (const auto& candidate : chains) {
    if (candidate.id == name) {
      return &candidate;
    }
  }
  return nullptr;
}

std::string residueLabel(const Chain& chain, const Residue& residue) {
  std::string label = fmt::format("{}:{} {}", chain.id, residue.name, residue.number);
  if (residue.insertion != ' ') {
    label.push_back(residue.insertion);
  }
  return label;
}

}  // namespace twofold::bio
