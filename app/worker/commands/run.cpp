// `run`: works on a run that is already in the store; what the window's queue starts.
#include <csignal>
#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/run_execution.h"

namespace twofold::app {

void addRun(CLI::App& app, CommandContext& context) {
  auto runId = std::make_shared<std::string>();
  auto ranks = std::make_shared<RankOptions>();
  auto* command = app.add_subcommand("run", "Starts a queued run, or resumes one");
  command->add_option("--run", *runId, "The run's id")->required();
  ranks->addTo(*command);
  command->callback([runId, ranks, &context] {
    context.work = [runId, ranks](Job& job) {
      std::signal(SIGHUP, SIG_IGN);  // the run outlives the window or terminal it came from
      RankTeam team(job, *ranks);
      if (!team.isFirst()) {
        followRun(job, team);
        return;
      }
      auto project = job.openForWriting();
      executeRun(job, project, *runId, "run", team);
    };
  });
}

}  // namespace twofold::app
