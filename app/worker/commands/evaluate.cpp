// `evaluate`: the metrics of a trained run, under any subset of its channels, on any labelled
// pairs.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <numeric>

#include "app/worker/commands/commands.h"
#include "app/worker/results.h"
#include "app/worker/run_inputs.h"
#include "app/worker/scoring.h"
#include "core/base/error.h"
#include "core/store/pair_repository.h"

namespace twofold::app {

namespace {

struct EvaluateOptions {
  std::string run;
  std::string part;
  std::string pairs;
  std::vector<std::string> channels;
};

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

metrics::PartMetrics measurePairs(Job& job, store::Project& project, models::Scorer& scorer,
                                  const NamedPairs& wanted,
                                  const std::vector<std::string>& channels) {
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
  std::vector<std::int8_t> labels;
  std::vector<std::int64_t> a;
  std::vector<std::int64_t> b;
  for (auto& pair : pairs) {
    labels.push_back(pair.label == data::Label::Positive ? 1 : 0);
    a.push_back(inputs.keys[pair.a]);
    b.push_back(inputs.keys[pair.b]);
    pair.a += first;
    pair.b += first;
  }
  const auto probabilities = scorer.score(pairs, channels, job.output.progressSink(), job.stop);
  return metrics::measure({probabilities, labels, a, b}, scorer.threshold(),
                          {200, scorer.spec().seed});
}

void runEvaluate(Job& job, const EvaluateOptions& options) {
  auto project = job.openProject();
  auto run = loadRun(job, project, options.run);
  const auto channels = channelsOrAll(run.scorer, options.channels);
  PartMetricsByName parts;
  for (const auto& wanted : wantedPairs(project, options, run.scorer.spec())) {
    parts[wanted.name] = measurePairs(job, project, run.scorer, wanted, channels);
  }
  const auto& pairSet = options.pairs.empty() ? run.scorer.spec().pairSet : options.pairs;
  job.output.result({{{"command", "evaluate"},
                      {"run", options.run},
                      {"pairs", pairSet},
                      {"channels", channels},
                      {"parts", toJson(parts)}}},
                    fmt::format("\nRun {} on {} with {}\n\n{}", options.run, pairSet,
                                fmt::join(channels, " + "), metricTable(parts)));
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
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runEvaluate(job, *options); }; });
}

}  // namespace twofold::app
