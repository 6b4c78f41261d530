// What a run's channels read of its proteins beside sequences, carried into another project.
#pragma once

#include <map>
#include <vector>

#include "core/data/protein.h"
#include "core/runs/run_spec.h"
#include "core/store/project.h"

namespace twofold::runs {

/// From a protein of the one project to the same of the other.
using SameProteins = std::map<data::ProteinKey, data::ProteinKey>;

/// The proteins that tables of the user's have rows for, which their hashes cover; ascending.
[[nodiscard]] std::vector<data::ProteinKey> proteinsOfTables(store::Project& project,
                                                             const RunSpec& spec);

/// Before anything is written: throws Error(BadInput) for tables whose numbers are not those of
/// their hashes, and for structures of the proteins whose files have no plain names or are links.
/// `proteins` ascending, those of the tables among them.
void requireSoundEvidence(store::Project& from, const RunSpec& spec,
                          const std::vector<data::ProteinKey>& proteins);

/// Each throws Error(Usage) where the other project knows something else of these proteins.
void copyAnnotations(store::Project& from, store::Project& to, const SameProteins& same);
void copyStructures(store::Project& from, store::Project& to, const SameProteins& same);

/// The tables that the spec names. Takes transactions of its own.
void copyTables(store::Project& from, store::Project& to, const RunSpec& spec,
                const SameProteins& same);

[[nodiscard]] bool readsAnnotations(const RunSpec& spec);
[[nodiscard]] bool readsStructures(const RunSpec& spec);

/// What an import into a project with other data ends with.
inline constexpr const char* kNewProject = "import the run into a new project";

}  // namespace twofold::runs
