// A chain's C-alphas in their order, and where the chain is broken.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "core/bio/structure.h"

namespace twofold::models {

struct Vector {
  double x = 0, y = 0, z = 0;
};

inline Vector operator-(const Vector& a, const Vector& b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline Vector operator+(const Vector& a, const Vector& b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline Vector operator*(double factor, const Vector& a) {
  return {factor * a.x, factor * a.y, factor * a.z};
}
inline double dot(const Vector& a, const Vector& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline Vector cross(const Vector& a, const Vector& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double length(const Vector& a) {
  return std::sqrt(dot(a, a));
}

struct CalphaTrace {
  std::vector<Vector> points;         // angstrom
  std::vector<std::size_t> residues;  // of the chain, one a point
  std::vector<bool> joined;           // joined[i]: points i and i + 1 follow each other
  std::size_t breaks = 0;

  /// True when points i … i + steps are one unbroken stretch.
  [[nodiscard]] bool isUnbroken(std::size_t i, std::size_t steps) const;
};

/// A residue without C-alpha, or a step of more than 4.5 angstrom, breaks the trace.
[[nodiscard]] CalphaTrace traceOf(const bio::Chain& chain);

/// The points' mean; the origin where there are none.
[[nodiscard]] Vector centreOf(const std::vector<Vector>& points);

}  // namespace twofold::models
