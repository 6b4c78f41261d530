// What an audit looks at, read from a project.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/audit/audit.h"
#include "core/data/split.h"
#include "core/store/project.h"

namespace twofold::app {

/// The pairs of a set with their proteins; `split` may be null. Throws Error(NotFound).
[[nodiscard]] audit::Subject auditSubject(store::Project& project, const std::string& pairSet,
                                          const data::Split* split);

/// Rows that the import of the set left out; those that stood in two parts only for the split that
/// the files made.
[[nodiscard]] std::vector<data::LeftOutRow> auditLeftOut(store::Project& project,
                                                         const std::string& pairSet,
                                                         const data::Split* split);

/// What is known of the subject's proteins, and which runs on the pair set read all of it.
[[nodiscard]] audit::KnownEvidence auditEvidence(store::Project& project,
                                                 const std::string& pairSet,
                                                 const audit::Subject& subject);

/// The backbones that come with the program, then `folders`. Throws Error(NotFound, BadInput).
[[nodiscard]] std::vector<audit::PretrainedBackbone> auditBackbones(
    const std::vector<std::filesystem::path>& folders);

}  // namespace twofold::app
