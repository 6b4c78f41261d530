#include "app/worker/run_execution.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <new>
#include <utility>
#include <vector>

#include "app/worker/project_catalog.h"
#include "app/worker/results.h"
#include "app/worker/run_inputs.h"
#include "app/worker/run_provenance.h"
#include "app/worker/run_recorder.h"
#include "app/worker/scoring.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/process_identity.h"
#include "core/store/pair_repository.h"
#include "core/store/run_repository.h"
#include "models/learning/session.h"

namespace twofold::app {

namespace {

runs::RunSpec specOf(const Job& job, store::Project& project, const store::RunRecord& record) {
  auto spec = runs::runSpecFromJson(
      formats::parseJson(record.specJson, fmt::format("the spec of run {}", record.id)),
      fmt::format("the spec of run {}", record.id));
  checkRecorded(project, spec);
  if (job.common.threads) {
    spec.threads = *job.common.threads;
  }
  if (!job.common.device.empty()) {
    spec.device = job.common.device;
  }
  return spec;
}

SplitInputs splitInputs(store::Project& project, const runs::RunSpec& spec,
                        const std::string& expectedHash) {
  store::PairRepository repository(project.database());
  const auto set = repository.set(spec.pairSet);
  const auto info = repository.splitInfo(spec.pairSet, spec.split);
  if (info.hash != expectedHash) {
    throw Error(ErrorKind::Usage,
                fmt::format("split \"{}\" of \"{}\" is not the one that this run was made for; "
                            "start a new run",
                            spec.split, spec.pairSet));
  }
  return indexSplit(repository.pairs(set.key), repository.split(info.key));
}

struct PreparedRun {
  models::TrainRequest request;
  std::array<std::vector<std::uint32_t>, 3> indices;  // of the parts' pairs in their pair set
};

PreparedRun preparedRun(const Job& job, store::Project& project, const store::RunRecord& record,
                        const imports::Watch& watch) {
  PreparedRun run;
  run.request.spec = specOf(job, project, record);
  auto inputs = splitInputs(project, run.request.spec, record.splitHash);
  run.request.proteins =
      loadProteins(project, inputs.keys, neededEvidence(run.request.spec), watch);
  run.request.parts = std::move(inputs.parts);
  run.request.checkpointFolder = project.runFolder(record.id) / "checkpoints";
  run.request.cacheFolder = project.cacheFolder();
  run.indices = std::move(inputs.indices);
  return run;
}

models::TrainResult trainAndRecord(Job& job, store::Project& project,
                                   const store::RunRecord& record, RunRecorder& recorder,
                                   RankTeam* team) {
  const bool resume = record.started != 0;  // the window queues a stopped run again
  if (team != nullptr) {
    team->lead({record.id, resume});
  }
  auto run = preparedRun(job, project, record, job.watch());
  recordOrigin(project, record, run.request.spec, job.stop);
  run.request.resume = resume;
  run.request.group = team == nullptr ? nullptr : team->group();
  auto result =
      models::train(run.request, recorder.observer(), team == nullptr ? job.stop : team->stop());
  recorder.save(result, run.indices);
  recordResults(project, record.id);
  return result;
}

models::TrainResult trainAndExplain(Job& job, store::Project& project,
                                    const store::RunRecord& record, RunRecorder& recorder,
                                    RankTeam* team) {
  if (team == nullptr) {
    return trainAndRecord(job, project, record, recorder, nullptr);
  }
  try {
    return trainAndRecord(job, project, record, recorder, team);
  } catch (...) {
    team->rethrowCause();
  }
}

models::TrainResult trainAndRecordFailure(Job& job, store::Project& project,
                                          const store::RunRecord& record, RunRecorder& recorder,
                                          RankTeam* team) {
  try {
    return trainAndExplain(job, project, record, recorder, team);
  } catch (const StopRequested&) {
    recorder.setEnded(store::RunStatus::Stopped, "stopped on request");
    throw;
  } catch (const std::bad_alloc&) {
    recorder.setEnded(store::RunStatus::Failed, "out of memory");
    throw;
  } catch (const std::exception& error) {
    recorder.setEnded(store::RunStatus::Failed, error.what());
    throw;
  }
}

}  // namespace

std::string createRun(store::Project& project, const runs::RunSpec& spec) {
  const auto recorded = recordedSpec(project, spec);
  const auto split = store::PairRepository(project.database()).splitInfo(spec.pairSet, spec.split);
  return store::RunRepository(project.database())
      .create(spec.experiment, runs::toJson(recorded).dump(), split.hash)
      .id;
}

std::string createAgain(store::Project& project, const runs::RunSpec& spec, const std::string& id) {
  const auto recorded = recordedSpec(project, spec);
  const auto split = store::PairRepository(project.database()).splitInfo(spec.pairSet, spec.split);
  return store::RunRepository(project.database())
      .createAgain(id, runs::toJson(recorded).dump(), split.hash)
      .id;
}

namespace {

models::TrainResult claimAndTrain(Job& job, store::Project& project, const std::string& runId,
                                  RankTeam* team,
                                  const std::function<void(std::int64_t)>& afterEpoch) {
  // A large import may hold the store for a while; hours of training must outlast it.
  project.database().setPatience(std::chrono::minutes(10));
  store::RunRepository repository(project.database());
  const auto record = repository.run(runId);
  requireModel(record);
  repository.claim(runId, currentProcess());
  makeFolders(project.runFolder(runId));
  job.output.alsoTo(project.runFolder(runId) / "events.jsonl");
  RunRecorder recorder(job.output, project.database(), runId);
  recorder.afterEpoch(afterEpoch);
  recorder.setStatus(store::RunStatus::Running);
  auto result = trainAndRecordFailure(job, project, record, recorder, team);
  recorder.setStatus(store::RunStatus::Done);
  project.database().checkpoint();
  return result;
}

}  // namespace

models::TrainResult trainRun(Job& job, store::Project& project, const std::string& runId,
                             RankTeam* team) {
  return claimAndTrain(job, project, runId, team, {});
}

void trainRunUntil(Job& job, store::Project& project, const std::string& runId,
                   const Pause& pause) {
  std::stop_source stop;
  const std::stop_callback forwarded(job.stop, [&] { stop.request_stop(); });
  Job part{job.common, job.output, stop.get_token()};
  try {
    static_cast<void>(claimAndTrain(part, project, runId, nullptr, [&](std::int64_t epochs) {
      if (epochs >= pause.epochs) {
        stop.request_stop();
      }
    }));
  } catch (const StopRequested&) {
    throwIfStopped(job.stop);
    store::RunRepository(project.database())
        .setStatus(runId, store::RunStatus::Stopped, pause.reason);
  }
}

void executeRun(Job& job, store::Project& project, const std::string& runId,
                const std::string& command, RankTeam& team) {
  const auto result = trainRun(job, project, runId, team.isAlone() ? nullptr : &team);
  PartMetricsByName parts;
  for (const auto& [name, part] : result.parts) {
    parts[name] = part.metrics;
  }
  job.output.result({{{"command", command},
                      {"run", runId},
                      {"epochs", result.epochs},
                      {"best_epoch", result.bestEpoch},
                      {"parts", toJson(parts)}}},
                    fmt::format("\nRun {}, best epoch {} of {}\n\n{}", runId, result.bestEpoch,
                                result.epochs, metricTable(parts)));
}

namespace {

void followTeam(const Job& job, RankTeam& team) {
  try {
    const SharedRun shared = team.follow();
    auto project = job.openProject();
    const auto record = store::RunRepository(project.database()).run(shared.id);
    auto run = preparedRun(job, project, record, {{}, team.stop()});
    run.request.resume = shared.resume;
    run.request.group = team.group();
    static_cast<void>(models::train(run.request, {}, team.stop()));
  } catch (...) {
    team.rethrowCause();
  }
}

}  // namespace

void followRun(const Job& job, RankTeam& team) {
  try {
    followTeam(job, team);
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("rank {} of {}: {}", team.place().rank, team.place().size,
                                          error.what()));
  }
}

}  // namespace twofold::app
