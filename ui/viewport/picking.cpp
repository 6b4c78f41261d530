#include "ui/viewport/picking.h"

#include <limits>

namespace twofold::ui {

std::optional<ResidueRef> pickResidue(const StructureScene& scene, const Ray& ray) {
  std::optional<ResidueRef> nearest;
  double best = std::numeric_limits<double>::max();
  for (std::size_t c = 0; c < scene.chains.size(); ++c) {
    if (!scene.chains[c].visible) {
      continue;
    }
    const auto& residues = scene.chains[c].chain.residues;
    for (std::size_t r = 0; r < residues.size(); ++r) {
      if (!residues[r].hasCalpha) {
        continue;
      }
      const Vector offset = toVector(residues[r].calpha) - ray.origin;
      const double along = dot(offset, ray.direction);
      const double aside = dot(offset, offset) - along * along;
      const double inside = kPickRadius * kPickRadius - aside;
      const double hit = along - std::sqrt(std::max(inside, 0.0));
      if (inside >= 0 && hit > 0 && hit < best) {
        best = hit;
        nearest = ResidueRef{static_cast<int>(c), static_cast<int>(r)};
      }
    }
  }
  return nearest;
}

}  // namespace twofold::ui
