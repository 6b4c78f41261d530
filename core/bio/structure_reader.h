// PDB and mmCIF, plain or gzip, read with gemmi. The .cpp is the only user of gemmi.
#pragma once

#include <filesystem>

#include "core/bio/structure.h"

namespace twofold::bio {

/// The first model's protein chains; the best-occupied altloc; waters, ligands and nucleic
/// acids left out. The format is taken from the content, not the name. Throws Error:
/// NotFound, BadInput ("file:line: reason", also for no protein chain).
[[nodiscard]] Structure readStructure(const std::filesystem::path& path);

}  // namespace twofold::bio
