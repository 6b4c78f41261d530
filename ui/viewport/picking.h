// Which residue lies under the pointer: a ray against spheres on the CPU, exact and cheap.
#pragma once

#include <optional>

#include "ui/viewport/camera.h"
#include "ui/viewport/structure_scene.h"

namespace twofold::ui {

/// Half a C-alpha step and a little, so that the spheres cover the tube without holes.
inline constexpr double kPickRadius = 2.0;  // angstrom

/// The visible residue whose sphere the ray meets first. Brute force: 17 us for 20 000 residues.
[[nodiscard]] std::optional<ResidueRef> pickResidue(const StructureScene& scene, const Ray& ray);

}  // namespace twofold::ui
