#include <fmt/format.h>

#include <array>

#include "core/base/error.h"
#include "core/store/run_repository.h"

namespace twofold::store {

std::string_view name(RunStatus status) noexcept {
  switch (status) {
    case RunStatus::Queued:
      return "queued";
    case RunStatus::Running:
      return "running";
    case RunStatus::Done:
      return "done";
    case RunStatus::Failed:
      return "failed";
    case RunStatus::Stopped:
      return "stopped";
    case RunStatus::Interrupted:
      break;
  }
  return "interrupted";
}

RunStatus runStatusFromName(std::string_view text) {
  for (const RunStatus status : {RunStatus::Queued, RunStatus::Running, RunStatus::Done,
                                 RunStatus::Failed, RunStatus::Stopped, RunStatus::Interrupted}) {
    if (text == name(status)) {
      return status;
    }
  }
  throw Error(ErrorKind::BadInput,
              fmt::format("the store is damaged: a run has the status \"{}\"", text));
}

bool canResume(RunStatus status) noexcept {
  return status == RunStatus::Stopped || status == RunStatus::Interrupted;
}

}  // namespace twofold::store
