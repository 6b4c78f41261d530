#include "app/worker/rank_team.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/runs/json_fields.h"

namespace twofold::app {

namespace {

constexpr const char* kRun = "run";
constexpr auto kLastWords = std::chrono::seconds(2);

process::RankPlace placeOf(const RankOptions& options) {
  auto place = process::rankPlaceOfEnvironment();
  if (options.ranks > 1 && !place.isAlone()) {
    throw Error(
        ErrorKind::Usage,
        fmt::format("--ranks starts processes, and this one was started as one of {} already; "
                    "leave out --ranks",
                    place.size));
  }
  return options.ranks > 1 ? placeOnThisMachine(options.ranks) : place;
}

}  // namespace

void RankOptions::addTo(CLI::App& command) {
  command
      .add_option("--ranks", ranks,
                  "Train with this many processes on this machine, which share each batch")
      ->check(CLI::Range(1, 1024));
  command
      .add_option("--rank-timeout", timeout,
                  "Seconds that a rank may take to come, and to answer, before training fails")
      ->check(CLI::Range(1, 86400))
      ->capture_default_str();
}

RankTeam::RankTeam(const Job& job, const RankOptions& options)
    : m_job(job),
      m_options(options),
      m_place(placeOf(options)),
      m_forward(job.stop, [this] { m_stop.request_stop(); }) {}

std::vector<std::string> RankTeam::argumentsFor(const std::string& runId) const {
  const auto& common = m_job.common;
  std::vector<std::string> arguments = {"run",
                                        "--run",
                                        runId,
                                        "--project",
                                        common.project.string(),
                                        "--rank-timeout",
                                        std::to_string(m_options.timeout),
                                        "--json",
                                        "--quiet"};
  if (common.threads) {
    arguments.insert(arguments.end(), {"--threads", std::to_string(*common.threads)});
  }
  if (!common.device.empty()) {
    arguments.insert(arguments.end(), {"--device", common.device});
  }
  return arguments;
}

void RankTeam::meet() {
  m_group = std::make_unique<models::ProcessGroup>(m_place, std::chrono::seconds(m_options.timeout),
                                                   stop());
}

void RankTeam::lead(const SharedRun& run) {
  if (isAlone()) {
    return;
  }
  if (m_options.ranks > 1) {
    m_others.emplace(m_place, argumentsFor(run.id), m_stop);
  }
  meet();
  const formats::Json told = {{"run", run.id}, {"resume", run.resume}};
  static_cast<void>(m_group->fromFirst(kRun, told.dump(), stop()));
}

SharedRun RankTeam::follow() {
  meet();
  const auto told = formats::parseJson(m_group->fromFirst(kRun, "", stop()), "what rank 0 said");
  runs::JsonFields fields(told, "what rank 0 said");
  SharedRun run{fields.text("run"), fields.flag("resume")};
  fields.done();
  return run;
}

void RankTeam::throwWhatEndedAnother() const {
  if (m_others && !m_job.stop.stop_requested()) {
    if (const auto words = m_others->failure(kLastWords)) {
      throw Error(ErrorKind::Io, *words);
    }
  }
}

void RankTeam::rethrowCause() const {
  const auto tell = [&](const std::string& reason) {
    if (m_group) {
      m_group->fail(reason);
    }
  };
  try {
    throw;
  } catch (const models::RankLost&) {
    throwWhatEndedAnother();
    throw;
  } catch (const StopRequested&) {
    tell("");
    throwWhatEndedAnother();
    throw;
  } catch (const std::exception& error) {
    tell(error.what());
    throw;
  }
}

}  // namespace twofold::app
