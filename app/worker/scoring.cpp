#include "app/worker/scoring.h"

#include <fmt/format.h>

#include <utility>

#include "app/worker/project_catalog.h"
#include "core/base/error.h"
#include "core/runs/run_spec.h"

namespace twofold::app {

void requireModel(const store::RunRecord& record) {
  const auto spec =
      runs::runSpecFromJson(formats::parseJson(record.specJson, record.id), record.id);
  if (spec.imported) {
    throw Error(
        ErrorKind::Usage,
        fmt::format("run {} holds imported scores ({}); there is no model to run, resume or "
                    "ask. evaluate and compare work on its scores; train starts a run of a "
                    "model",
                    record.id, spec.imported->file));
  }
}

TrainedRun loadRun(Job& job, store::Project& project, const std::string& runId) {
  auto record = store::RunRepository(project.database()).run(runId);
  requireModel(record);
  const auto checkpoints = project.runFolder(runId) / "checkpoints";
  if (!std::filesystem::exists(checkpoints)) {
    throw Error(ErrorKind::NotFound, fmt::format("run {} has no checkpoint yet; it is {}", runId,
                                                 store::name(record.status)));
  }
  models::Scorer scorer({checkpoints, project.cacheFolder(), job.device(), job.threads()},
                        job.output.progressSink(), job.stop);
  checkRecorded(project, scorer.spec());
  return {std::move(record), std::move(scorer)};
}

std::vector<std::string> channelsOrAll(const models::Scorer& scorer,
                                       const std::vector<std::string>& given) {
  return given.empty() ? scorer.channels() : given;
}

}  // namespace twofold::app
