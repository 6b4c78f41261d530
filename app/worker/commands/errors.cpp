// `errors`: where a run fails, by its stored scores: counts at a threshold, kinds of pairs,
// proteins.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <thread>

#include "app/worker/commands/commands.h"
#include "app/worker/errors_report.h"
#include "core/audit/mmseqs.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/errors/error_tables.h"

namespace twofold::app {

namespace {

using errors::Trait;
using errors::Which;
using formats::Json;

struct ErrorsOptions {
  std::string run;
  std::string part;
  std::optional<double> threshold;
  std::string aim;
  std::optional<double> prevalence;
  std::vector<std::string> by;
  std::size_t proteins = 20;
  int resamples = errors::kResamples;
  std::uint64_t seed = 1;
  bool noMmseqs = false;
  std::filesystem::path savePairs;
  std::filesystem::path saveProteins;
  std::filesystem::path saveStrata;
};

data::Part partOf(store::Database& database, const ErrorsOptions& options) {
  if (!options.part.empty()) {
    return data::partFromName(options.part);
  }
  const auto parts = errors::partsWithScores(database, options.run);
  return parts.empty() ? data::Part::Test : parts.back();
}

/// Where it comes from goes into the report.
double thresholdOf(store::Database& database, const ErrorsOptions& options, ErrorsReport& report) {
  if (!options.aim.empty()) {
    const auto aim = metrics::thresholdAimFromText(options.aim);
    report.thresholdFrom = fmt::format("It was chosen on validation: {}.", metrics::toText(aim));
    return errors::thresholdForAim(database, options.run, aim);
  }
  if (options.threshold) {
    report.thresholdFrom = "It was given.";
    return *options.threshold;
  }
  if (std::isnan(report.part.threshold)) {
    throw Error(ErrorKind::Usage,
                fmt::format("run {} has no threshold, as scores that are ranks do not; give one "
                            "with --threshold or choose one with --aim",
                            options.run));
  }
  report.thresholdFrom = !report.part.isThresholdChosen ? "It is the run's own, chosen on no pairs."
                         : report.part.part == data::Part::Validation
                             ? "It is the run's own, chosen on these very pairs."
                             : "It is the run's own, chosen on validation.";
  return report.part.threshold;
}

/// What is asked for; where nothing is, what is known at once.
std::vector<Trait> traitsOf(const ErrorsOptions& options, const errors::PartScores& part) {
  if (options.by.empty()) {
    return part.hasTraining ? std::vector{Trait::Length, Trait::Degree}
                            : std::vector{Trait::Length};
  }
  std::vector<Trait> traits;
  for (const auto& text : options.by) {
    traits.push_back(errors::traitFromName(text));
  }
  return traits;
}

std::vector<errors::Binning> binningsOf(Job& job, store::Database& database, Trait trait,
                                        const ErrorsOptions& options, ErrorsReport& report) {
  const auto& part = report.part;
  switch (trait) {
    case Trait::Length:
      return {errors::lengthBins(part, Which::Lower), errors::lengthBins(part, Which::Higher)};
    case Trait::Degree:
      return {errors::degreeBins(part, Which::Lower), errors::degreeBins(part, Which::Higher)};
    case Trait::Species:
      return {errors::speciesBins(part)};
    case Trait::Compartment:
      return {errors::compartmentBins(database, part)};
    case Trait::Similarity:
      break;
  }
  errors::SimilaritySearch search{job.threads(), {}};
  if (const char* path = std::getenv("PATH"); path != nullptr && !options.noMmseqs) {
    search.mmseqs = audit::findMmseqs(path);
  }
  report.nearest =
      errors::nearestInTraining(database, part, search, job.output.progressSink(), job.stop);
  return {errors::similarityBins(part, report.nearest, Which::Lower),
          errors::similarityBins(part, report.nearest, Which::Higher)};
}

void save(const std::filesystem::path& file, const std::string& text) {
  if (!file.empty()) {
    writeFileAtomically(file, text);
  }
}

void runErrors(Job& job, const ErrorsOptions& options) {
  if (!options.aim.empty() && options.threshold) {
    throw Error(ErrorKind::Usage, "--aim and --threshold both say the threshold; give one");
  }
  auto project = job.openProject();
  auto& database = project.database();
  ErrorsReport report;
  report.part = errors::readPartScores(database, options.run, partOf(database, options), job.stop);
  const double threshold = thresholdOf(database, options, report);
  const int threads = job.threads() > 0
                          ? job.threads()
                          : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const metrics::BootstrapOptions bootstrap{options.resamples, options.seed, threads, job.stop};
  report.atPrevalence = options.prevalence.has_value();
  report.point = errors::operatingPoint(report.part, threshold, options.prevalence, bootstrap);
  for (const auto trait : traitsOf(options, report.part)) {
    for (const auto& binning : binningsOf(job, database, trait, options, report)) {
      report.strata.push_back(errors::strataOf(report.part, binning, threshold, bootstrap));
    }
  }
  report.proteins = errors::proteinErrors(report.part, threshold);
  const auto all = report.proteins.proteins.size();
  report.shownProteins = options.proteins == 0 ? all : std::min(all, options.proteins);
  if (!options.savePairs.empty()) {
    save(options.savePairs,
         errors::pairsTsv(report.part, threshold, errors::mostWrongFirst(report.part, threshold)));
  }
  save(options.saveProteins, errors::proteinsTsv(report.part, report.proteins, report.nearest));
  save(options.saveStrata, errors::strataTsv(report.strata));
  Json body = toJson(report);
  body["command"] = "errors";
  body["run"] = options.run;
  job.output.result({std::move(body)}, errorsText(report));
}

}  // namespace

void addErrors(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<ErrorsOptions>();
  auto* command = app.add_subcommand(
      "errors", "Where a run fails: at a threshold, on which kinds of pairs, on which proteins");
  command->add_option("--run", options->run, "The run's id")->required();
  command
      ->add_option("--part", options->part, "Of which pairs; test where the run has scores of it")
      ->check(CLI::IsMember({"validation", "test"}));
  command->add_option("--threshold", options->threshold,
                      "From which score on pairs are called positive; else the run's own");
  command->add_option("--aim", options->aim,
                      "Choose it on validation: mcc, f1, precision=0.9, or cost=5:1 (a false "
                      "positive costs five times a false negative)");
  command
      ->add_option("--prevalence", options->prevalence,
                   "Also what to expect where this share of pairs interacts, as 0.01")
      ->check(CLI::Range(1e-9, 1 - 1e-9));
  command
      ->add_option("--by", options->by,
                   "Kinds of pairs: length, degree (training pairs of a protein), similarity (to "
                   "training; takes seconds), species, compartment")
      ->delimiter(',');
  command
      ->add_option("--proteins", options->proteins,
                   "So many of them, the most surely wrong first; 0: all")
      ->capture_default_str();
  command->add_option("--resamples", options->resamples, "Of the bootstrap over proteins")
      ->check(CLI::Range(100, 1'000'000))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Of the bootstrap")->capture_default_str();
  command->add_flag("--no-mmseqs", options->noMmseqs, "Do not use MMseqs2 where it is installed");
  command->add_option("--save-pairs", options->savePairs,
                      "Write every pair with its cell, the most wrong first (TSV)");
  command->add_option("--save-proteins", options->saveProteins, "Write every protein (TSV)");
  command->add_option("--save-strata", options->saveStrata, "Write the tables of --by (TSV)");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runErrors(job, *options); }; });
}

}  // namespace twofold::app
