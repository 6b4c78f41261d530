#include "app/worker/command_context.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace twofold::app {

namespace {

void requireProjectOption(const CommonOptions& common) {
  if (common.project.empty()) {
    throw Error(ErrorKind::Usage, "this command needs --project DIR, the folder of the project");
  }
}

}  // namespace

std::string Job::device() const {
  return common.device.empty() ? "auto" : common.device;
}

store::Project Job::openProject() const {
  requireProjectOption(common);
  return store::Project::open(common.project);
}

store::Project Job::openForWriting(bool create) const {
  requireProjectOption(common);
  auto project =
      create ? store::Project::openOrCreate(common.project) : store::Project::open(common.project);
  if (!project.readOnlyReason().empty()) {
    throw Error(ErrorKind::Io, fmt::format("{}: the project can only be read: {}",
                                           common.project.string(), project.readOnlyReason()));
  }
  return project;
}

}  // namespace twofold::app
