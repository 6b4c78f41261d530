// `ablate`: every subset of some channels, several seeds each, with controls, as one table.
#include <fmt/format.h>

#include <memory>

#include "app/worker/channel_study.h"
#include "app/worker/commands/commands.h"
#include "app/worker/project_catalog.h"
#include "app/worker/run_spec_options.h"
#include "core/base/error.h"

namespace twofold::app {

namespace {

struct AblateOptions {
  RunSpecOptions spec;
  int seeds = 3;
  bool withoutControls = false;
};

void runAblate(Job& job, const AblateOptions& options) {
  if (options.spec.channels.empty()) {
    throw Error(ErrorKind::Usage, "name the channels, as in --channels sequence,neighbours");
  }
  auto project = job.openForWriting();
  const auto spec = options.spec.spec();
  auto arms = planStudy(spec, options.spec.channels, options.seeds, !options.withoutControls);
  for (auto& arm : arms) {  // hours later is too late for a slip of the pen
    arm.spec = recordedSpec(project, arm.spec);
  }
  const auto runs = runStudy(job, project, arms);
  const auto rows = tabulateStudy(job, project, arms, runs);
  job.output.result({{{"command", "ablate"},
                      {"experiment", spec.experiment},
                      {"study", studyId(arms)},
                      {"part", "validation"},
                      {"note", studyNote()},
                      {"rows", toJson(rows)}}},
                    "\n" + studyText(rows));
}

}  // namespace

void addAblate(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<AblateOptions>();
  auto* command = app.add_subcommand(
      "ablate", "A channel study: every subset of --channels, several seeds each, with controls");
  options->spec.addTo(*command);
  command->add_option("--seeds", options->seeds, "Seeds of each row, from --seed on")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  command->add_flag("--no-controls", options->withoutControls,
                    "Leave out the rows that show what a number means");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runAblate(job, *options); }; });
}

}  // namespace twofold::app
