// Three doubles with the few operations that the viewport's geometry needs.
#pragma once

#include <array>
#include <cmath>

#include "core/bio/structure.h"

namespace twofold::ui {

using Vector = std::array<double, 3>;  // angstrom, or a direction

[[nodiscard]] inline Vector toVector(const bio::Point& point) {
  return {point[0], point[1], point[2]};
}

[[nodiscard]] inline Vector operator+(const Vector& a, const Vector& b) {
  return {a[0] + b[0], a[1] + b[1], a[2] + b[2]};
}

[[nodiscard]] inline Vector operator-(const Vector& a, const Vector& b) {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}

[[nodiscard]] inline Vector operator*(const Vector& a, double factor) {
  return {a[0] * factor, a[1] * factor, a[2] * factor};
}

[[nodiscard]] inline double dot(const Vector& a, const Vector& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

[[nodiscard]] inline Vector cross(const Vector& a, const Vector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

[[nodiscard]] inline double length(const Vector& a) {
  return std::sqrt(dot(a, a));
}

/// The direction of `a`, or `otherwise` when `a` has no length.
[[nodiscard]] inline Vector direction(const Vector& a, const Vector& otherwise = {0, 0, 1}) {
  const double size = length(a);
  return size > 1e-9 ? a * (1 / size) : otherwise;
}

/// Any unit vector at a right angle to the unit vector `a`.
[[nodiscard]] inline Vector anyPerpendicular(const Vector& a) {
  return direction(cross(a, std::abs(a[0]) < 0.8 ? Vector{1, 0, 0} : Vector{0, 1, 0}));
}

}  // namespace twofold::ui
