// Brings a benchmark's set from the user's files into a project.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/benchmarks/benchmark.h"
#include "core/imports/importers.h"

namespace twofold::benchmarks {

/// What `folder` lacks of a layout, optional files aside; a folder that is not there lacks all.
[[nodiscard]] std::vector<std::string> missingFiles(const Layout& layout,
                                                    const std::filesystem::path& folder);

/// The first layout whose files are all in `folder` (optional ones aside). Throws Error(NotFound)
/// that names what each layout lacks.
[[nodiscard]] const Layout& layoutIn(const Set& set, const std::filesystem::path& folder);

/// The set's proteins, and its pair set and frozen split, both under its name. Where no file is for
/// validation a tenth of the training pairs is, drawn with a fixed seed and stratified by label.
/// Throws Error: NotFound, Usage when the name is taken, BadInput; StopRequested.
[[nodiscard]] imports::ImportReport importSet(store::Project& project, const Set& set,
                                              const std::filesystem::path& folder,
                                              const imports::Watch& watch);

}  // namespace twofold::benchmarks
