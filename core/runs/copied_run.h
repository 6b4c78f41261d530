// One run with all that training it again reads, carried from a project into another.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/store/project.h"

namespace twofold::runs {

struct CopyRequest {
  std::string run;
  std::filesystem::path weights{};  // of the backbone, in place of the folder that the spec names
  std::string experiment{};         // that the copy is in; empty: the run's own
  std::filesystem::path files{};    // has those of the run's files that its folder lacks
};

struct CopiedRun {
  std::string id;  // the run's own, or a fresh one where that is taken
  std::int64_t proteins = 0;
  std::int64_t pairs = 0;
  std::vector<std::string> notes;  // sentences
};

/// Proteins (in their order, on which the last bits may depend), the pair set and its split; of the
/// annotations with their terms, structures and tables of the user's those that the run's channels
/// read; the run with its numbers, probabilities and files. What is there already is kept when it
/// is the same. Throws Error(Usage) where it is not, with the cure, and, before anything is
/// written, where the experiment's runs are on other pairs; Error(BadInput) when the source does
/// not hold what the run recorded, or has links or names that lead out of it; NotFound;
/// StopRequested. Both projects stay sound; the run itself
/// comes last and whole, or not at all
/// (a process that is killed while it writes the record may leave a run that shows less).
CopiedRun copyRun(store::Project& from, store::Project& to, const CopyRequest& request,
                  const ProgressSink& progress = {}, const std::stop_token& stop = {});

}  // namespace twofold::runs
