// Which residues of the focused pair are within a radius of the other chain.
#pragma once

#include <span>
#include <vector>

#include "core/bio/contacts.h"
#include "ui/viewport/structure_scene.h"

namespace twofold::ui {

inline constexpr float kSmallestRadius = 6;  // angstrom, C-alpha to C-alpha
inline constexpr float kDefaultRadius = 8;
inline constexpr float kLargestRadius = 12;

struct InterfaceHighlight {
  std::vector<bio::Contact> contacts;  // a in chain A, b in chain B, nearest first
  std::vector<bool> inA;               // one for each residue of chain A
  std::vector<bool> inB;

  [[nodiscard]] std::size_t residuesA() const;
  [[nodiscard]] std::size_t residuesB() const;
  /// True when the reference is a marked residue of `scene`.
  [[nodiscard]] bool contains(const StructureScene& scene, const ResidueRef& ref) const;
};

/// All contacts up to kLargestRadius, so that the slider only has to cut the list; empty without
/// a docked pair.
[[nodiscard]] std::vector<bio::Contact> widestContacts(const StructureScene& scene);

/// The part of `widest` (nearest first) that lies within `radius`.
[[nodiscard]] InterfaceHighlight interfaceWithin(const StructureScene& scene,
                                                 std::span<const bio::Contact> widest,
                                                 float radius);

}  // namespace twofold::ui
