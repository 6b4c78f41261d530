// Which structure files show what is in focus, and reading them into a scene.
#pragma once

#include <QList>
#include <QString>
#include <filesystem>
#include <string>
#include <vector>

#include "core/bio/contacts.h"
#include "core/store/project.h"
#include "ui/panels/structure/chain_mapping.h"
#include "ui/session/session.h"
#include "ui/viewport/structure_scene.h"

namespace twofold::ui {

/// Which protein a chain of a structure in the project is.
struct NamedChain {
  std::string structure;  // its id
  std::string chain;
  std::string protein;
  std::string sequence;

  friend bool operator==(const NamedChain&, const NamedChain&) = default;
};

/// One way to show a pair or a structure.
struct StructureChoice {
  QString label;  // "2HHB, chains A and B"
  std::filesystem::path fileA;
  std::filesystem::path fileB;  // empty: both chains are in fileA
  std::string chainA;           // empty: the whole structure
  std::string chainB;
  std::string idA;  // of the structures in the project: their files are named by content
  std::string idB;
  std::vector<NamedChain> proteins{};  // of the chains of both files

  friend bool operator==(const StructureChoice&, const StructureChoice&) = default;
};

/// Files with both proteins; else each protein's own best chain; else whichever of the two has
/// one; else nothing. Reads the store; GUI thread.
[[nodiscard]] QList<StructureChoice> choicesForPair(store::Project& project,
                                                    const FocusedPair& pair);
/// Throws Error(NotFound).
[[nodiscard]] StructureChoice choiceForStructure(store::Project& project, std::int64_t key);

struct LoadedStructure {
  StructureScene scene;
  ChainMappings mappings;            // one a chain of the scene
  std::vector<bio::Contact> widest;  // up to kLargestRadius
  int choice = 0;                    // index of the one shown
};

/// Reads the file(s) of the first choice; any thread. Where others are of the same file, the one
/// with most contacts within kDefaultRadius is shown. Throws Error with the file, the line and
/// the reason.
[[nodiscard]] LoadedStructure loadStructure(const QList<StructureChoice>& choices);

}  // namespace twofold::ui
