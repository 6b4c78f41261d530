// The C-alpha trace as a smooth closed tube: own Catmull-Rom tessellation, broken at gaps.
#pragma once

#include <cstdint>
#include <vector>

#include "ui/viewport/structure_scene.h"

namespace twofold::ui {

/// A longer C-alpha step is no peptide bond: residues are missing in between.
inline constexpr double kLongestStep = 4.5;  // angstrom

/// Residues `first` to `last` (inclusive) follow each other without a gap.
struct ResidueRun {
  int first = 0;
  int last = 0;

  friend bool operator==(const ResidueRun&, const ResidueRun&) = default;
};

/// Residues without a position belong to no run.
[[nodiscard]] std::vector<ResidueRun> unbrokenRuns(const bio::Chain& chain);

struct TubeShape {
  int steps = 5;         // samples a residue
  int sides = 10;        // of the cross-section
  double radius = 0.55;  // angstrom
};

/// Finer for few residues, coarser for many; half the quality when drawn by the CPU.
[[nodiscard]] TubeShape shapeFor(std::size_t residues, bool software);

/// Triangles with smooth normals. Each point remembers its residue, so that colours can change
/// without a new mesh.
struct TubeMesh {
  std::vector<float> points;             // x, y, z each, angstrom
  std::vector<float> normals;            // x, y, z each, unit length
  std::vector<ResidueRef> owners;        // one for each point
  std::vector<std::uint32_t> triangles;  // three point numbers each

  [[nodiscard]] std::size_t pointCount() const { return owners.size(); }
};

/// Adds chain number `index` of a scene: a tube for each run, thin dashes across each gap.
void addChain(TubeMesh& mesh, const bio::Chain& chain, int index, const TubeShape& shape);

}  // namespace twofold::ui
