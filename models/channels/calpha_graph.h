// One chain as a graph of C-alphas, in numbers that do not change when it is moved or turned and
// that do change for its mirror image. Nothing of it depends on another chain.
#pragma once

#include <cstdint>
#include <vector>

#include "core/bio/structure.h"

namespace twofold::models {

/// Numbers of a centre, and of each of its neighbours, in this order. Lengths in angstrom.
enum CentreNumber : std::int64_t {
  kCentreKnown,     // 1; 0: this row is empty and so is all the rest of it
  kCentreKind,      // of its residue: 1 to 20 as in kStandardResidues, 21 another
  kCentreHasTrust,  // 1: the model says how sure it is of the residue
  kCentreTrust,     // pLDDT / 100
  kCentreDepth,     // distance to the chain's middle
  kCentreNear,      // C-alphas within 10 angstrom
  kCentreWide,      // and within 14
  kCentreUp,        // share of those within 13 on the side chain's side
  kCentreLength,    // ln of the chain's C-alphas
  kCentreNumbers
};
enum NeighbourNumber : std::int64_t {
  kNeighbourKnown,  // 1; 0: there is none, and the rest is empty
  kNeighbourShare,  // how much it counts: 1, less within 1 angstrom of the first that is left out
  kNeighbourDistance,                     // to the centre
  kNeighbourWay,                          // unit vector to it in the centre's frame (3)
  kNeighbourHasTurn = kNeighbourWay + 3,  // 1: it has a frame of its own
  kNeighbourTurn,                         // two axes of that frame in the centre's (6)
  kNeighbourStep = kNeighbourTurn + 6,    // residues along the chain, -32 to 32; 0: other stretch
  kNeighbourKind,
  kNeighbourHasTrust,
  kNeighbourTrust,
  kNeighbourNumbers
};

inline constexpr std::int64_t kResidueKinds = 22;  // 0: no residue
inline constexpr std::int64_t kLongestStepCounted = 32;

struct CalphaGraphShape {
  std::int64_t centres = 64;
  std::int64_t neighbours = 16;

  /// Of a row, which is one centre with its neighbours.
  [[nodiscard]] std::int64_t features() const {
    return kCentreNumbers + neighbours * kNeighbourNumbers;
  }
};

/// [centres, features]. Centres are the residues with a frame: the plane of three consecutive
/// C-alphas, unbroken and not in one line. A residue at an end or beside a gap has none and is no
/// centre, but may be a neighbour. Where there are more than `centres`, they are chosen by farthest
/// points, the first being farthest from the chain's middle. Neighbours are the nearest C-alphas.
/// Distances are compared to 0.01 angstrom, then by place in the chain, so that equal ones are
/// chosen alike after rounding; and where rounding lets one neighbour stand in for another, both
/// count nothing. Empty where no residue has a frame. Linear in residues.
[[nodiscard]] std::vector<float> calphaGraph(const bio::Chain& chain,
                                             const CalphaGraphShape& shape);

}  // namespace twofold::models
