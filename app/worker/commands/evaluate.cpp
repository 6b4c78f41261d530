// `evaluate`: the metrics of a trained run, under any subset of its channels, on any labelled
// pairs.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <numeric>
#include <optional>

#include "app/worker/commands/commands.h"
#include "app/worker/evaluation.h"
#include "app/worker/run_inputs.h"
#include "app/worker/scoring.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/data/seen_in_training.h"
#include "core/store/pair_repository.h"
#include "core/store/run_repository.h"

namespace twofold::app {

namespace {

struct EvaluateOptions {
  std::string run;
  std::string part;
  std::string pairs;
  std::vector<std::string> channels;
  std::string aim;
  std::string calibration;
  std::optional<double> prevalence;
  bool selective = false;
};

EvaluationChoices choicesOf(const Job& job, const EvaluateOptions& options, std::uint64_t seed) {
  EvaluationChoices choices;
  if (!options.aim.empty()) {
    choices.aim = metrics::thresholdAimFromText(options.aim);
  }
  if (!options.calibration.empty()) {
    choices.calibration = metrics::recalibrationFromName(options.calibration);
  }
  choices.prevalence = options.prevalence;
  choices.selective = options.selective;
  choices.bootstrap = {200, seed, 1, job.stop};
  return choices;
}

/// Which pairs are measured under which name.
struct NamedPairs {
  std::string name;
  data::Pairs pairs;
  std::vector<std::uint32_t> indices;
};

std::vector<NamedPairs> partsOfSplit(store::PairRepository& repository, const std::string& pairSet,
                                     const std::string& splitName, const std::string& onlyPart) {
  const auto pairs = repository.pairs(repository.set(pairSet).key);
  const auto split = repository.split(repository.splitInfo(pairSet, splitName).key);
  std::vector<NamedPairs> parts;
  for (const auto part : {data::Part::Validation, data::Part::Test}) {
    const std::string name(data::name(part));
    auto indices = split.indices(part);
    if (onlyPart == name && indices.empty()) {
      throw Error(ErrorKind::Usage,
                  fmt::format("split \"{}\" of \"{}\" has no {} pairs", splitName, pairSet, name));
    }
    if (!indices.empty() && (onlyPart.empty() || onlyPart == name)) {
      parts.push_back({name, pairs, std::move(indices)});
    }
  }
  return parts;
}

std::vector<NamedPairs> wantedPairs(store::Project& project, const EvaluateOptions& options,
                                    const runs::RunSpec& spec) {
  store::PairRepository repository(project.database());
  if (options.pairs.empty() || !options.part.empty()) {
    return partsOfSplit(repository, options.pairs.empty() ? spec.pairSet : options.pairs,
                        spec.split, options.part);
  }
  NamedPairs all{options.pairs, repository.pairs(repository.set(options.pairs).key), {}};
  all.indices.resize(all.pairs.size());
  std::iota(all.indices.begin(), all.indices.end(), 0U);
  return {std::move(all)};
}

ScoredPart scoredBy(Job& job, store::Project& project, models::Scorer& scorer,
                    const NamedPairs& wanted, const std::vector<std::string>& channels) {
  const auto inputs = indexPairs(wanted.pairs, wanted.indices);
  if (inputs.pairs.empty()) {
    throw Error(ErrorKind::Usage, fmt::format("\"{}\" has no labelled pairs", wanted.name));
  }
  const auto proteins =
      loadProteins(project, inputs.keys, neededEvidence(scorer.spec()), job.watch());
  for (const auto& note : scorer.notesOn(proteins)) {
    job.output.say(note);
  }
  const auto first = scorer.addProteins(proteins, job.output.progressSink(), job.stop);
  auto pairs = inputs.pairs;
  ScoredPart part;
  part.name = wanted.name;
  for (auto& pair : pairs) {
    part.labels.push_back(pair.label == data::Label::Positive ? 1 : 0);
    part.a.push_back(inputs.keys[pair.a]);
    part.b.push_back(inputs.keys[pair.b]);
    pair.a += first;
    pair.b += first;
  }
  part.scores = scorer.score(pairs, channels, job.output.progressSink(), job.stop);
  return part;
}

/// Throws Error(NotFound) where the run's own set or split is gone.
data::SeenInTraining seenOf(store::Project& project, const runs::RunSpec& spec,
                            const data::Pairs& others) {
  store::PairRepository repository(project.database());
  const auto all = repository.pairs(repository.set(spec.pairSet).key);
  const auto split = repository.split(repository.splitInfo(spec.pairSet, spec.split).key);
  data::Pairs training;
  for (const auto index : split.indices(data::Part::Train)) {
    training.push_back(all[index]);
  }
  return data::seenInTraining(training, others);
}

std::string seenText(const std::optional<data::SeenInTraining>& seen) {
  if (!seen || (seen->pairs == 0 && seen->proteins == 0)) {
    return "";
  }
  const auto proteins = fmt::format("{} of its {} proteins were in the run's training pairs",
                                    countText(seen->proteins), countText(seen->allProteins));
  return seen->pairs == 0
             ? fmt::format("\n{}: what it knows of them is in these numbers.\n", proteins)
             : fmt::format(
                   "\nThe run was trained on {} of these pairs, and {}: these numbers are "
                   "too good. Measure on pairs that it has not seen.\n",
                   countText(seen->pairs), proteins);
}

void tell(Job& job, const EvaluateOptions& options, const std::string& pairSet,
          const std::vector<std::string>& channels, const Evaluation& evaluation,
          const std::optional<data::SeenInTraining>& seen) {
  formats::Json json = {{"command", "evaluate"},
                        {"run", options.run},
                        {"pairs", pairSet},
                        {"channels", channels},
                        {"threshold", evaluation.threshold},
                        {"parts", toJson(evaluation)}};
  if (seen) {
    json["seen_in_training"] = {
        {"pairs", seen->pairs}, {"proteins", seen->proteins}, {"all_proteins", seen->allProteins}};
  }
  job.output.result(
      {std::move(json)},
      fmt::format("\nRun {} on {}{}\n\n{}", options.run, pairSet,
                  channels.empty() ? "" : fmt::format(" with {}", fmt::join(channels, " + ")),
                  evaluationText(evaluation)) +
          seenText(seen));
}

void evaluateModel(Job& job, store::Project& project, const EvaluateOptions& options) {
  auto run = loadRun(job, project, options.run);
  const auto& spec = run.scorer.spec();
  const auto choices = choicesOf(job, options, spec.seed);
  const auto channels = channelsOrAll(run.scorer, options.channels);
  const auto all = wantedPairs(project, options, spec);
  std::vector<ScoredPart> parts;
  for (const auto& wanted : all) {
    parts.push_back(scoredBy(job, project, run.scorer, wanted, channels));
  }
  std::optional<ScoredPart> validation;
  if (choices.needsValidation()) {
    // The run's own validation pairs, whatever it is asked for besides.
    store::PairRepository repository(project.database());
    validation = scoredBy(job, project, run.scorer,
                          partsOfSplit(repository, spec.pairSet, spec.split, "validation").front(),
                          channels);
  }
  const auto evaluation = evaluate(std::move(parts), validation ? &*validation : nullptr,
                                   run.scorer.threshold(), choices);
  std::optional<data::SeenInTraining> seen;
  if (!options.pairs.empty() && options.part.empty()) {
    seen = seenOf(project, spec, all.front().pairs);
  }
  tell(job, options, options.pairs.empty() ? spec.pairSet : options.pairs, channels, evaluation,
       seen);
}

ScoredPart storedPart(const data::Pairs& pairs, std::string name,
                      const std::vector<std::pair<std::uint32_t, float>>& predictions,
                      bool areProbabilities) {
  ScoredPart part;
  part.name = std::move(name);
  part.areProbabilities = areProbabilities;
  for (const auto& [index, score] : predictions) {
    const auto& pair = pairs.at(index);
    part.scores.push_back(score);
    part.labels.push_back(pair.label == data::Label::Positive ? 1 : 0);
    part.a.push_back(pair.a);
    part.b.push_back(pair.b);
  }
  return part;
}

void evaluateImported(Job& job, store::Project& project, const EvaluateOptions& options,
                      const store::RunRecord& record, const runs::RunSpec& spec) {
  if (!options.channels.empty() || !options.pairs.empty()) {
    throw Error(
        ErrorKind::Usage,
        fmt::format("run {} holds imported scores: it has no channels and no answer for other "
                    "pairs; leave --channels and --pairs out",
                    record.id));
  }
  store::RunRepository runs(project.database());
  store::PairRepository repository(project.database());
  const auto pairs = repository.pairs(repository.set(spec.pairSet).key);
  std::vector<ScoredPart> parts;
  std::optional<ScoredPart> validation;
  double threshold = 0.5;
  for (const auto& [name, measured] : record.parts) {
    const auto stored =
        storedPart(pairs, name, runs.predictions(record.id, data::partFromName(name)),
                   spec.imported->scale != "rank");
    threshold = measured.threshold;
    if (name == "validation") {
      validation = stored;
    }
    if (options.part.empty() || options.part == name) {
      parts.push_back(stored);
    }
  }
  if (parts.empty()) {
    throw Error(ErrorKind::Usage,
                fmt::format("run {} has no scores of {} pairs", record.id, options.part));
  }
  tell(job, options, spec.pairSet, {},
       evaluate(std::move(parts), validation ? &*validation : nullptr, threshold,
                choicesOf(job, options, spec.seed)),
       std::nullopt);
}

void runEvaluate(Job& job, const EvaluateOptions& options) {
  static_cast<void>(choicesOf(job, options, 1));  // before a model is loaded
  auto project = job.openProject();
  const auto record = store::RunRepository(project.database()).run(options.run);
  const auto spec =
      runs::runSpecFromJson(formats::parseJson(record.specJson, record.id), record.id);
  if (spec.imported) {
    evaluateImported(job, project, options, record, spec);
  } else {
    evaluateModel(job, project, options);
  }
}

}  // namespace

void addEvaluate(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<EvaluateOptions>();
  auto* command = app.add_subcommand("evaluate", "Measures a trained run again");
  command->add_option("--run", options->run, "The run's id")->required();
  command->add_option("--part", options->part, "Only this part")
      ->check(CLI::IsMember({"validation", "test"}));
  command
      ->add_option("--channels", options->channels,
                   "Only these channels switched on; nothing is trained again")
      ->delimiter(',');
  command->add_option("--pairs", options->pairs, "Another pair set than the run's own");
  command->add_option(
      "--aim", options->aim,
      "Choose the threshold anew on validation: mcc, f1, precision=0.9, or cost=5:1 "
      "(a false positive costs five times a false negative)");
  command
      ->add_option("--calibrate", options->calibration,
                   "Bring scores to probabilities anew by what validation pairs show")
      ->check(CLI::IsMember({"platt", "temperature", "isotonic"}));
  command
      ->add_option("--prevalence", options->prevalence,
                   "Also what to expect where this share of pairs interacts, as 0.01")
      ->check(CLI::Range(1e-9, 1 - 1e-9));
  command->add_flag("--selective", options->selective,
                    "Also the accuracy when the least sure pairs are left uncalled");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runEvaluate(job, *options); }; });
}

}  // namespace twofold::app
