// `run`: works on a run that is already in the store; what the window's queue starts.
#include <csignal>
#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/repeat.h"
#include "app/worker/run_execution.h"

namespace twofold::app {

void addRun(CLI::App& app, CommandContext& context) {
  auto runId = std::make_shared<std::string>();
  auto again = std::make_shared<bool>(false);
  auto ranks = std::make_shared<RankOptions>();
  auto* command = app.add_subcommand("run", "Starts a queued run, or resumes one");
  command->add_option("--run", *runId, "The run's id")->required();
  command->add_flag("--again", *again,
                    "Train a copy of a run that is done and compare the two bit by bit");
  ranks->addTo(*command);
  command->callback([runId, again, ranks, &context] {
    context.work = [runId, again, ranks](Job& job) {
      std::signal(SIGHUP, SIG_IGN);  // the run outlives the window or terminal it came from
      RankTeam team(job, *ranks);
      if (!team.isFirst()) {
        followRun(job, team);
        return;
      }
      auto project = job.openForWriting();
      if (*again) {
        repeatRun(job, project, *runId, team);
      } else {
        executeRun(job, project, *runId, "run", team);
      }
    };
  });
}

}  // namespace twofold::app
