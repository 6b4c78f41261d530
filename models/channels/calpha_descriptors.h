// Numbers that describe one chain's C-alpha trace and do not change when it is moved or turned.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "core/bio/structure.h"

namespace twofold::models {

inline constexpr std::size_t kAngleBins = 12;
inline constexpr std::size_t kDihedralBins = 18;
inline constexpr std::size_t kStepBins = 8;      // for each of i to i + 2, 3, 4
inline constexpr std::size_t kContactBins = 10;  // for each of 8, 10, 14 angstrom
inline constexpr std::size_t kExposureBins = 8;  // for each half sphere
inline constexpr std::size_t kPairBins = 20;
inline constexpr std::size_t kGlobalFeatures = 4;

/// In this order: histograms of virtual-bond angles (i, i+1, i+2); of virtual-bond dihedrals
/// (i … i+3), whose sign tells a chain from its mirror image, with their mean sine and cosine; of
/// distances i to i+2, i+3, i+4; of contact numbers within 8, 10, 14 angstrom; of half-sphere
/// exposure up and down (Hamelryck 2005, the C-alpha variant, 13 angstrom); of all distances
/// between residues three or more apart. Then log length, log radius of gyration, the ratio of
/// that radius to 2.2 n^0.38 (Skolnick 1997), and the share of broken steps.
inline constexpr std::size_t kCalphaFeatures = kAngleBins + kDihedralBins + 2 + 3 * kStepBins +
                                               3 * kContactBins + 2 * kExposureBins + kPairBins +
                                               kGlobalFeatures;

using CalphaFeatures = std::array<float, kCalphaFeatures>;

/// Shortest trace that is described, in residues with a C-alpha.
inline constexpr std::size_t kShortestTrace = 8;

/// Nothing for a chain with fewer C-alphas than kShortestTrace. A residue without C-alpha, or a
/// step of more than 4.5 angstrom, breaks the trace: no angle, dihedral or short distance spans
/// it. Histograms are soft (a value is shared between two bins), so rounding moves no whole count.
/// Quadratic in residues.
[[nodiscard]] std::optional<CalphaFeatures> calphaDescriptors(const bio::Chain& chain);

}  // namespace twofold::models
