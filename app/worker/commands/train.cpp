// `train`: makes a run from a spec, or takes one up again, and works on it here and now.
#include <fmt/format.h>

#include <memory>
#include <utility>

#include "app/worker/commands/commands.h"
#include "app/worker/project_catalog.h"
#include "app/worker/run_execution.h"
#include "app/worker/run_spec_options.h"
#include "app/worker/scoring.h"
#include "core/base/error.h"
#include "core/runs/user_tables.h"
#include "core/store/run_repository.h"
#include "core/store/user_channel_repository.h"

namespace twofold::app {

namespace {

struct TrainOptions {
  RunSpecOptions spec;
  RankOptions ranks;
  std::string resume;
};

/// A spec beside --resume must be the run's own: anything else would be another run.
void requireSameSpec(store::Project& project, const std::string& runId, runs::RunSpec given) {
  const auto record = store::RunRepository(project.database()).run(runId);
  requireModel(record);
  const auto own = runs::runSpecFromJson(formats::parseJson(record.specJson, runId), runId);
  checkRecorded(project, own);
  given = runs::withTables(std::move(given), store::UserChannelRepository(project).channels());
  given.threads = own.threads;
  given.device = own.device;
  if (!(given == own)) {
    throw Error(
        ErrorKind::Usage,
        fmt::format("run {} was made from another spec ({}); resume it with --resume alone, "
                    "or start a new run without --resume",
                    runId, runs::summary(own)));
  }
}

void runTrain(Job& job, const TrainOptions& options) {
  RankTeam team(job, options.ranks);
  if (!team.isFirst()) {
    followRun(job, team);
    return;
  }
  auto project = job.openForWriting();
  if (!options.resume.empty()) {
    if (options.spec.isGiven()) {
      requireSameSpec(project, options.resume, options.spec.spec());
    }
    executeRun(job, project, options.resume, "train", team);
    return;
  }
  auto spec = options.spec.spec();
  spec.threads = job.common.threads.value_or(spec.threads);
  spec.device = job.common.device.empty() ? spec.device : job.common.device;
  const auto runId = createRun(project, spec);
  executeRun(job, project, runId, "train", team);
}

}  // namespace

void addTrain(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<TrainOptions>();
  auto* command = app.add_subcommand("train", "Trains and measures a pair model");
  options->spec.addTo(*command);
  options->ranks.addTo(*command);
  command->add_option("--resume", options->resume, "Go on with this stopped or interrupted run");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runTrain(job, *options); }; });
}

}  // namespace twofold::app
