// `sweep`: a recipe with some of its settings varied, as a grid or at random, as one table.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include "app/worker/commands/commands.h"
#include "app/worker/project_catalog.h"
#include "app/worker/run_spec_options.h"
#include "app/worker/sweep.h"
#include "core/base/error.h"
#include "core/runs/complete_spec.h"
#include "core/runs/sweep_plan.h"
#include "models/builtin_models.h"

namespace twofold::app {

namespace {

struct SweepOptions {
  RunSpecOptions spec;
  std::vector<std::string> vary;
  int random = 0;
  int seeds = 1;
  int halving = 0;
};

std::vector<StudyArm> planned(const SweepOptions& options, store::Project& project) {
  std::vector<runs::Variation> variations;
  for (const auto& text : options.vary) {
    variations.push_back(runs::parseVariation(text));
  }
  const auto spec = options.spec.spec();
  const auto arms = options.random == 0
                        ? runs::gridArms(spec, variations)
                        : runs::randomArms(spec, variations, options.random, spec.seed);
  std::vector<StudyArm> planned;
  std::set<std::string> recipes;  // with all defaults: a value that is the default is no other arm
  for (const auto& arm : arms) {
    try {
      const auto recorded = recordedSpec(project, arm.spec);
      const auto whole = runs::withDefaults(models::builtinCatalog(), recorded);
      if (recipes.insert(runs::toJson(whole).dump()).second) {
        planned.push_back({arm.name, false, recorded, options.seeds});
      }
    } catch (const Error& error) {  // hours later is too late for a slip of the pen
      throw Error(error.kind(), fmt::format("arm \"{}\": {}", arm.name, error.what()));
    }
  }
  return planned;
}

/// As given, then the best on validation first.
std::vector<StudyRow> ranked(std::vector<StudyRow> rows) {
  std::stable_sort(rows.begin() + 1, rows.end(), [](const StudyRow& one, const StudyRow& other) {
    const auto worth = [](const StudyRow& row) { return std::isnan(row.auprc) ? -1 : row.auprc; };
    return worth(one) > worth(other);
  });
  return rows;
}

void runSweepCommand(Job& job, const SweepOptions& options) {
  for (const auto& text : options.vary) {
    if (options.halving > 0 && text.starts_with("training.epochs")) {
      throw Error(ErrorKind::Usage,
                  "--halving compares arms after the same epochs, so training.epochs cannot vary "
                  "with it; leave one of them out");
    }
  }
  auto project = job.openForWriting();
  const auto arms = planned(options, project);
  job.output.say(fmt::format("{} arms beside the recipe as given, {} {} each.", arms.size() - 1,
                             options.seeds, options.seeds == 1 ? "seed" : "seeds"));
  const auto outcome = runSweep(job, project, arms, options.halving);
  const auto rows = ranked(tabulateStudy(job, project, outcome.arms, outcome.runs));
  const auto note = sweepNote(arms.size());
  job.output.result({{{"command", "sweep"},
                      {"experiment", arms.front().spec.experiment},
                      {"part", "validation"},
                      {"note", note},
                      {"rows", toJson(rows)},
                      {"aside", toJson(outcome.aside)}}},
                    "\n" + studyText(rows, "arm") + note + "\n" + asideText(outcome.aside));
}

}  // namespace

void addSweep(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<SweepOptions>();
  auto* command = app.add_subcommand(
      "sweep", "A recipe with some of its settings varied, each beside it as it was given");
  options->spec.addTo(*command);
  command
      ->add_option("--vary", options->vary,
                   "KEY=VALUE,VALUE or KEY=LOW..HIGH, as in training.width=16,32, "
                   "training.learning_rate=log:1e-4..1e-2, backbone=esm2,unirep, "
                   "channels=sequence,sequence+annotation; again for each setting")
      ->delimiter('\0')
      ->required();
  command->add_option("--random", options->random, "So many drawn at random, not every combination")
      ->check(CLI::Range(1, 1000));
  command->add_option("--seeds", options->seeds, "Seeds of each arm, from --seed on")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  command
      ->add_option("--halving", options->halving,
                   "Set hopeless arms aside early: after a share of the epochs one in so many goes "
                   "on (successive halving)")
      ->check(CLI::Range(2, 10));
  command->callback([options, &context] {
    context.work = [options](Job& job) { runSweepCommand(job, *options); };
  });
}

}  // namespace twofold::app
