#include "core/bio/sequence_mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace twofold::bio {

namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

constexpr float kLongestStep = 4.5F;  // angstrom; a trans step is 3.8
constexpr std::array<std::string_view, 20> kStandardNames = {
    "ALA", "ARG", "ASN", "ASP", "CYS", "GLN", "GLU", "GLY", "HIS", "ILE",
    "LEU", "LYS", "MET", "PHE", "PRO", "SER", "THR", "TRP", "TYR", "VAL"};

bool isStandard(const std::string& name) {
  return std::find(kStandardNames.begin(), kStandardNames.end(), name) != kStandardNames.end();
}

/// Whether the chain is broken between a residue and the next.
bool isBroken(const Chain& chain, std::size_t index) {
  const Residue& left = chain.residues[index];
  const Residue& right = chain.residues[index + 1];
  if (right.number - left.number > 1 || !left.hasCalpha || !right.hasCalpha) {
    return true;
  }
  float squares = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const float way = right.calpha[axis] - left.calpha[axis];
    squares += way * way;
  }
  return squares > kLongestStep * kLongestStep;
}

/// Moves gaps in the chain to where it is broken, over residues whose letters allow it.
class GapPlacer {
 public:
  GapPlacer(std::string_view sequence, const Chain& chain, Pairs& pairs)
      : m_sequence(sequence), m_chain(chain), m_pairs(pairs) {}

  void place() {
    for (std::size_t left = 0; left + 1 < m_pairs.size(); ++left) {
      if (jump(left) > 1 && m_pairs[left + 1].second == m_pairs[left].second + 1 &&
          !isBroken(m_chain, m_pairs[left].second)) {
        moveLeft(left) || moveRight(left);
      }
    }
  }

 private:
  [[nodiscard]] std::uint32_t jump(std::size_t left) const {
    return m_pairs[left + 1].first - m_pairs[left].first;
  }

  [[nodiscard]] bool canStandAt(std::size_t pair, std::uint32_t position) const {
    return m_sequence[position] == m_sequence[m_pairs[pair].first];
  }

  /// Pairs from some place up to `left` take the positions behind the gap.
  bool moveLeft(std::size_t left) {
    const std::uint32_t shift = jump(left) - 1;
    for (std::size_t pair = left; canStandAt(pair, m_pairs[pair].first + shift); --pair) {
      if (pair == 0 || !areNext(pair - 1)) {
        return false;
      }
      if (isBroken(m_chain, m_pairs[pair - 1].second)) {
        for (std::size_t moved = pair; moved <= left; ++moved) {
          m_pairs[moved].first += shift;
        }
        return true;
      }
    }
    return false;
  }

  bool moveRight(std::size_t left) {
    const std::uint32_t shift = jump(left) - 1;
    for (std::size_t pair = left + 1; canStandAt(pair, m_pairs[pair].first - shift); ++pair) {
      if (pair + 1 == m_pairs.size() || !areNext(pair)) {
        return false;
      }
      if (isBroken(m_chain, m_pairs[pair].second)) {
        for (std::size_t moved = left + 1; moved <= pair; ++moved) {
          m_pairs[moved].first -= shift;
        }
        return true;
      }
    }
    return false;
  }

  /// Whether a pair and the next follow each other in both.
  [[nodiscard]] bool areNext(std::size_t pair) const {
    return jump(pair) == 1 && m_pairs[pair + 1].second == m_pairs[pair].second + 1;
  }

  std::string_view m_sequence;
  const Chain& m_chain;
  Pairs& m_pairs;
};

void count(SequenceMapping& mapping, std::string_view sequence, const Chain& chain,
           const Pairs& pairs) {
  mapping.first = pairs.front().first + 1;
  mapping.last = pairs.back().first + 1;
  mapping.tags = chain.residues.size() - (pairs.back().second - pairs.front().second + 1);
  mapping.inserted = chain.residues.size() - mapping.tags - pairs.size();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const Residue& residue = chain.residues[pairs[i].second];
    if (!isStandard(residue.name)) {
      ++mapping.modified;
    } else if (residue.letter != sequence[pairs[i].first]) {
      ++mapping.mutations;
    }
    mapping.gaps += i > 0 && pairs[i].first > pairs[i - 1].first + 1 ? 1 : 0;
  }
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format(", {} {}", count, count == 1 ? one : many);
}

}  // namespace

std::string MappedResidue::label() const {
  return std::to_string(number) + (insertion == ' ' ? "" : std::string(1, insertion));
}

SequenceMapping mapSequence(std::string_view sequence, const Chain& chain,
                            const std::stop_token& stop) {
  const std::string observed = chain.observedSequence();
  Alignment alignment =
      withoutLooseEnds(alignSequences(sequence, observed, stop), sequence, observed);
  GapPlacer(sequence, chain, alignment.pairs).place();
  SequenceMapping mapping;
  mapping.chain = chain.id;
  mapping.alike = identityIn(alignment, sequence, observed);
  mapping.residues.resize(sequence.size());
  for (const auto& [position, index] : alignment.pairs) {
    const Residue& residue = chain.residues[index];
    mapping.residues[position] = MappedResidue{index,        residue.number, residue.insertion,
                                               residue.name, residue.letter, residue.confidence};
  }
  if (alignment.pairs.empty()) {
    mapping.tags = chain.residues.size();
  } else {
    count(mapping, sequence, chain, alignment.pairs);
  }
  return mapping;
}

std::string summaryOf(const SequenceMapping& mapping, std::string_view protein) {
  if (mapping.first == 0) {
    return fmt::format("{}: nothing of it is in chain {}", protein, mapping.chain);
  }
  // Rounded down: 100 % is said of what is identical and of nothing else.
  std::string text =
      fmt::format("{} {}-{} ↔ chain {} {}-{}, {} % identity", protein, mapping.first, mapping.last,
                  mapping.chain, mapping.residues[mapping.first - 1]->label(),
                  mapping.residues[mapping.last - 1]->label(),
                  static_cast<int>(std::floor(100 * mapping.alike.identityOfAligned())));
  text += mapping.gaps > 0 ? counted(mapping.gaps, "gap", "gaps") : ", no gap";
  text += mapping.mutations > 0 ? counted(mapping.mutations, "mutation", "mutations") : "";
  text += mapping.modified > 0 ? counted(mapping.modified, "modified residue", "modified residues")
                               : "";
  text += mapping.tags > 0 ? counted(mapping.tags, "residue outside", "residues outside") : "";
  text +=
      mapping.inserted > 0 ? counted(mapping.inserted, "residue between", "residues between") : "";
  return text;
}

}  // namespace twofold::bio
