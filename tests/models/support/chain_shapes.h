// Chains for tests of geometry: a compact random walk, and any chain moved and turned.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "core/base/random.h"
#include "core/bio/structure.h"

namespace twofold::models {

/// A compact random walk with steps of 3.8 angstrom, as a chain folds back on itself.
inline bio::Chain randomChain(std::size_t length, std::uint64_t seed) {
  constexpr std::string_view kLetters = "ACDEFGHIKLMNPQRSTVWY";
  Random random(seed);
  bio::Chain chain;
  bio::Point at{};
  for (std::size_t i = 0; i < length; ++i) {
    bio::Residue residue;
    residue.letter = kLetters[(i * 7 + seed) % kLetters.size()];
    residue.hasCalpha = true;
    residue.calpha = at;
    chain.residues.push_back(residue);
    std::array<double, 3> step{};
    double squares = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      step[axis] = random.uniform() - 0.5 - 0.02 * at[axis];
      squares += step[axis] * step[axis];
    }
    for (std::size_t axis = 0; axis < 3; ++axis) {
      at[axis] += static_cast<float>(3.8 * step[axis] / std::sqrt(squares));
    }
  }
  return chain;
}

/// Turned by the unit quaternion of four random numbers, then shifted.
inline bio::Chain moved(const bio::Chain& chain, Random& random) {
  std::array<double, 4> q{};
  double squares = 0;
  for (double& value : q) {
    value = random.uniform() - 0.5;
    squares += value * value;
  }
  for (double& value : q) {
    value /= std::sqrt(squares);
  }
  const auto [w, x, y, z] = q;
  const std::array<std::array<double, 3>, 3> turn = {
      {{1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)},
       {2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)},
       {2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)}}};
  const std::array<double, 3> shift = {random.uniform() * 80, random.uniform() * 80, -40};
  bio::Chain result = chain;
  for (auto& residue : result.residues) {
    const bio::Point p = residue.calpha;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      residue.calpha[axis] = static_cast<float>(turn[axis][0] * p[0] + turn[axis][1] * p[1] +
                                                turn[axis][2] * p[2] + shift[axis]);
    }
  }
  return result;
}

inline bio::Chain mirrored(bio::Chain chain) {
  for (auto& residue : chain.residues) {
    residue.calpha[0] = -residue.calpha[0];
  }
  return chain;
}

}  // namespace twofold::models
