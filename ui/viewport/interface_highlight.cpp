#include "ui/viewport/interface_highlight.h"

#include <algorithm>

namespace twofold::ui {
namespace {

std::size_t countOf(const std::vector<bool>& marks) {
  return static_cast<std::size_t>(std::ranges::count(marks, true));
}

const bio::Chain& chainAt(const StructureScene& scene, int index) {
  return scene.chains[static_cast<std::size_t>(index)].chain;
}

}  // namespace

std::size_t InterfaceHighlight::residuesA() const {
  return countOf(inA);
}

std::size_t InterfaceHighlight::residuesB() const {
  return countOf(inB);
}

bool InterfaceHighlight::contains(const StructureScene& scene, const ResidueRef& ref) const {
  const auto marked = [&](const std::vector<bool>& marks) {
    return ref.residue >= 0 && ref.residue < static_cast<int>(marks.size()) &&
           marks[static_cast<std::size_t>(ref.residue)];
  };
  return (ref.chain == scene.chainA && marked(inA)) || (ref.chain == scene.chainB && marked(inB));
}

std::vector<bio::Contact> widestContacts(const StructureScene& scene) {
  if (!scene.hasInterface()) {
    return {};
  }
  return bio::findContacts(chainAt(scene, scene.chainA), chainAt(scene, scene.chainB),
                           kLargestRadius);
}

InterfaceHighlight interfaceWithin(const StructureScene& scene,
                                   std::span<const bio::Contact> widest, float radius) {
  InterfaceHighlight result;
  if (!scene.hasInterface()) {
    return result;
  }
  result.inA.assign(chainAt(scene, scene.chainA).residues.size(), false);
  result.inB.assign(chainAt(scene, scene.chainB).residues.size(), false);
  for (const bio::Contact& contact : widest) {
    if (contact.distance > radius) {
      break;
    }
    result.contacts.push_back(contact);
    result.inA[contact.a] = true;
    result.inB[contact.b] = true;
  }
  return result;
}

}  // namespace twofold::ui
