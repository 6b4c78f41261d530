// What each player of a cooperative game contributes (Shapley 1953). Here the players are the
// channels of a model and the game's worth is its logit. Torch-free.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace twofold::models {

/// Bit i: player i takes part.
using Coalition = std::uint32_t;

/// The worth of each coalition, in order.
using CoalitionWorths = std::function<std::vector<double>(std::span<const Coalition>)>;

struct ShapleyShare {
  double value = 0;
  double error = 0;  // standard error of a sampled value; 0: exact
};

struct ShapleyShares {
  double none = 0;  // worth of the coalition of nobody
  double all = 0;   // of everybody: `none` and the shares add up to it
  std::vector<ShapleyShare> players;
};

/// Up to this many players every coalition is asked for.
inline constexpr int kExactPlayers = 10;

/// Exact to kExactPlayers; beyond, over `permutations` of the players and their reverses (Castro,
/// Gomez and Tejada 2009) drawn from a fixed seed. At most 24 players.
[[nodiscard]] ShapleyShares shapleyShares(int players, const CoalitionWorths& worths,
                                          int permutations = 128);

}  // namespace twofold::models
