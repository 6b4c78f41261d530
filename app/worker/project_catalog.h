// What a project's runs can be made of: the parts of this program and the project's own channels.
#pragma once

#include "core/runs/component_catalog.h"
#include "core/runs/run_spec.h"
#include "core/store/project.h"

namespace twofold::app {

[[nodiscard]] runs::ComponentCatalog projectCatalog(store::Project& project);

/// `spec` as it is recorded: with the tables of the user's channels, checked against the project's
/// catalog. Throws Error(Usage).
[[nodiscard]] runs::RunSpec recordedSpec(store::Project& project, const runs::RunSpec& spec);

/// For a run that was made before: its tables must be the same still. Throws Error(Usage).
void checkRecorded(store::Project& project, const runs::RunSpec& spec);

}  // namespace twofold::app
