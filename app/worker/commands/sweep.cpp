// `sweep`: a recipe with some of its settings varied, as a grid or at random, as one table.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/project_catalog.h"
#include "app/worker/run_spec_options.h"
#include "app/worker/sweep.h"
#include "core/base/error.h"
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
  std::string reference = "as given";
};

std::vector<StudyArm> planned(const SweepOptions& options, store::Project& project) {
  std::vector<runs::Variation> variations;
  for (const auto& text : options.vary) {
    variations.push_back(runs::parseVariation(text));
  }
  const auto spec = options.spec.spec();
  auto arms = options.random == 0 ? runs::gridArms(spec, variations)
                                  : runs::randomArms(spec, variations, options.random, spec.seed);
  for (auto& arm : arms) {
    try {
      arm.spec = recordedSpec(project, arm.spec);
    } catch (const Error& error) {  // hours later is too late for a slip of the pen
      throw Error(error.kind(), fmt::format("arm \"{}\": {}", arm.name, error.what()));
    }
  }
  std::vector<StudyArm> planned;
  for (auto& arm : runs::distinctArms(models::builtinCatalog(), arms)) {
    planned.push_back({std::move(arm.name), false, std::move(arm.spec), options.seeds});
  }
  return planned;
}

std::size_t referenceOf(const std::vector<StudyArm>& arms, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& arm : arms) {
    names.push_back(arm.name);
  }
  return runs::armNamed(names, name);
}

/// The reference, then the best on validation first.
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
  const auto reference = referenceOf(arms, options.reference);
  job.output.say(fmt::format("{} arms beside \"{}\", {} {} each.", arms.size() - 1,
                             arms[reference].name, options.seeds,
                             options.seeds == 1 ? "seed" : "seeds"));
  const auto outcome = runSweep(job, project, arms, {options.halving, reference});
  const auto rows = ranked(tabulateStudy(job, project, outcome.arms, outcome.runs));
  const auto note = sweepNote(arms.size());
  job.output.result({{{"command", "sweep"},
                      {"experiment", arms.front().spec.experiment},
                      {"sweep", studyId(arms)},
                      {"part", "validation"},
                      {"note", note + " " + studyNote()},
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
  command
      ->add_option("--reference", options->reference,
                   "The arm that the others are held against, as the table names it")
      ->capture_default_str();
  command->callback([options, &context] {
    context.work = [options](Job& job) { runSweepCommand(job, *options); };
  });
}

}  // namespace twofold::app
