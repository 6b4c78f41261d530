#include "core/bio/chain_builder.h"

#include <fmt/format.h>

#include <algorithm>

namespace twofold::bio {

namespace {

/// "1 residue has" or "3 residues have".
std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

const CalphaCandidate* best(const ObservedResidue& observed) {
  // The first of equals, so that a tie goes to location A.
  const auto found = std::max_element(
      observed.calphas.begin(), observed.calphas.end(),
      [](const auto& left, const auto& right) { return left.occupancy < right.occupancy; });
  return found == observed.calphas.end() ? nullptr : &*found;
}

float occupancy(const ObservedResidue& observed) {
  const auto* calpha = best(observed);
  return calpha != nullptr ? calpha->occupancy : 0.0F;
}

/// Two residue types modelled at one place (microheterogeneity).
bool areVariants(const ObservedResidue& left, const ObservedResidue& right) {
  return left.alternative && right.alternative && left.residue.number == right.residue.number &&
         left.residue.insertion == right.residue.insertion &&
         left.residue.name != right.residue.name;
}

}  // namespace

void ChainBuilder::add(const ObservedChain& observed) {
  Chain chain;
  chain.id = observed.id.empty() ? "_" : observed.id;
  chain.accession = observed.accession;
  const ObservedResidue* before = nullptr;
  for (const auto& residue : observed.residues) {
    if (before != nullptr && areVariants(*before, residue)) {
      ++m_variants;
      if (occupancy(residue) <= occupancy(*before)) {
        continue;
      }
      chain.residues.pop_back();
    }
    chain.residues.push_back(placed(residue));
    before = &residue;
  }
  chain.fullSequence = observed.fullSequence;
  noteGaps(chain);
  if (chain.fullSequence.empty()) {
    chain.fullSequence = chain.observedSequence();
  }
  m_structure.chains.push_back(std::move(chain));
}

void ChainBuilder::finish() {
  if (m_alternatives > 0) {
    note(counted(m_alternatives, "residue has", "residues have") +
         " alternative positions: the best occupied was taken.");
  }
  if (m_variants > 0) {
    note(counted(m_variants, "place holds", "places hold") +
         " more than one residue type: the best occupied was taken.");
  }
  for (const auto& [kind, count] : m_modified) {
    note(fmt::format("{}: {} read as {}.", kind.first,
                     counted(count, "residue was", "residues were"), kind.second));
  }
}

Residue ChainBuilder::placed(const ObservedResidue& observed) {
  Residue residue = observed.residue;
  if (const auto* calpha = best(observed)) {
    residue.hasCalpha = true;
    residue.calpha = calpha->position;
    residue.bFactor = calpha->bFactor;
  }
  m_alternatives += observed.calphas.size() > 1 ? 1 : 0;
  if (observed.modified) {
    ++m_modified[{residue.name, residue.letter}];
  }
  return residue;
}

void ChainBuilder::noteGaps(const Chain& chain) {
  if (chain.fullSequence.size() > chain.residues.size()) {
    const std::size_t missing = chain.fullSequence.size() - chain.residues.size();
    note(fmt::format("Chain {}: {} of {} residues {} not observed.", chain.id, missing,
                     chain.fullSequence.size(), missing == 1 ? "was" : "were"));
  }
  const auto bare = std::count_if(chain.residues.begin(), chain.residues.end(),
                                  [](const auto& residue) { return !residue.hasCalpha; });
  if (bare > 0) {
    note(fmt::format("Chain {}: {} no C-alpha.", chain.id,
                     counted(static_cast<std::size_t>(bare), "residue has", "residues have")));
  }
}

void ChainBuilder::note(const std::string& sentence) {
  m_structure.notes.push_back(sentence);
}

}  // namespace twofold::bio
