// What the 3-D view shows, as plain values free of Qt and VTK.
#pragma once

#include <string>
#include <vector>

#include "core/bio/structure.h"
#include "ui/viewport/vector.h"

namespace twofold::ui {

/// A residue by the place of its chain in the scene and its own in the chain; never by author
/// number, which copies of one protein share.
struct ResidueRef {
  int chain = -1;
  int residue = -1;

  [[nodiscard]] bool isValid() const { return chain >= 0 && residue >= 0; }
  friend bool operator==(const ResidueRef&, const ResidueRef&) = default;
};

struct SceneChain {
  /// `color` of a chain that is only there for context: grey.
  static constexpr int kContext = -1;

  bio::Chain chain;
  std::string name;  // as in the legend: "A", or "1A4U A" when two files are shown
  int color = 0;     // index of the category colours; 0 is protein A, 1 protein B
  bool visible = true;
  std::vector<float> values{};  // -1 to 1, one a residue, NaN unknown; empty: the chain's colour
};

struct StructureScene {
  std::string id;     // "2HHB"
  std::string title;  // one line from the file
  std::vector<SceneChain> chains;
  int chainA = -1;                 // the focused pair; -1 for none
  int chainB = -1;                 // -1 when there is only one
  std::vector<std::string> notes;  // choices made while reading
  bool docked = true;  // false: A and B come from two files, their distance means nothing

  [[nodiscard]] bool hasInterface() const { return docked && chainA >= 0 && chainB >= 0; }
  [[nodiscard]] std::size_t residueCount() const;
  /// Null when the reference names nothing here.
  [[nodiscard]] const bio::Residue* residue(const ResidueRef& ref) const;
  /// "A:HIS 87"; empty when the reference names nothing here.
  [[nodiscard]] std::string label(const ResidueRef& ref) const;
  /// C-alphas of the visible chains.
  [[nodiscard]] std::vector<Vector> visiblePoints() const;
};

/// The pair in its colours, other chains grey. Throws Error(NotFound) naming a missing chain.
[[nodiscard]] StructureScene pairScene(const bio::Structure& structure, const std::string& chainA,
                                       const std::string& chainB);
/// Every chain in its own colour. The focused pair is the one with the most contacts within 8
/// angstrom, or none.
[[nodiscard]] StructureScene wholeScene(const bio::Structure& structure);
/// Two chains of two files, the second moved beside the first; not docked.
[[nodiscard]] StructureScene apartScene(const bio::Structure& a, const std::string& chainA,
                                        const bio::Structure& b, const std::string& chainB);
/// Makes two chains the focused pair (equal or -1: none) and colours all chains anew.
void focusChains(StructureScene& scene, int chainA, int chainB);

}  // namespace twofold::ui
