// Pairs of a part in a few bins of one kind: how long, how well known, how near to training.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/errors/part_scores.h"
#include "core/errors/training_similarity.h"

namespace twofold::errors {

enum class Trait { Length, Degree, Similarity, Species, Compartment };

inline constexpr std::array kTraits = {Trait::Length, Trait::Degree, Trait::Similarity,
                                       Trait::Species, Trait::Compartment};

/// "length", "degree", "similarity", "species", "compartment".
[[nodiscard]] std::string_view name(Trait trait) noexcept;
/// Throws Error(Usage) naming the nearest.
[[nodiscard]] Trait traitFromName(std::string_view text);

/// Which of a pair's two proteins stands for it.
enum class Which { Lower, Higher, Both };

[[nodiscard]] std::string_view name(Which which) noexcept;

struct Binning {
  static constexpr std::uint32_t kNone = 0xffffffff;

  Trait trait = Trait::Length;
  Which which = Which::Both;
  std::string title;                  // "length of the longer protein, residues"
  std::vector<std::string> names;     // of the bins, lowest first
  std::vector<std::uint32_t> ofPair;  // a bin, or kNone where the pair is in none
  std::string none;                   // what those have in common; empty: there are none such
};

/// Residues of the shorter (Lower) or the longer protein (Higher).
[[nodiscard]] Binning lengthBins(const PartScores& part, Which which);
/// Training pairs of the protein with fewer or with more. Throws Error(Usage) where the run has no
/// training part.
[[nodiscard]] Binning degreeBins(const PartScores& part, Which which);
/// Identity to training of the protein that is farther from it or nearer to it.
[[nodiscard]] Binning similarityBins(const PartScores& part,
                                     std::span<const NearestInTraining> nearest, Which which);
/// The organism of both, the commonest few by name; pairs of two organisms are a bin of theirs.
[[nodiscard]] Binning speciesBins(const PartScores& part);
/// Whether both proteins were seen in one compartment of the cell, by their annotations.
[[nodiscard]] Binning compartmentBins(store::Database& database, const PartScores& part);

}  // namespace twofold::errors
