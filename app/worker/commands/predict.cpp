// `predict`: probabilities for the pairs of a file, for all pairs of some proteins, or for bait
// against prey.
#include <fmt/format.h>

#include <chrono>
#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/many_pairs.h"
#include "app/worker/pair_table_options.h"
#include "app/worker/prediction_input.h"
#include "app/worker/run_provenance.h"
#include "app/worker/scoring.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/base/files.h"

namespace twofold::app {

namespace {

constexpr std::size_t kSamplePairs = 16;    // their proteins are made first, for the estimate
constexpr std::size_t kSampleScores = 512;  // enough for the cost of one call not to matter
constexpr std::size_t kExamples = 5;

struct PredictOptions {
  std::string run;
  std::filesystem::path pairs;
  std::filesystem::path fasta;
  std::filesystem::path out;
  std::vector<std::string> channels;
  PairTableOptions table;
  ManyPairsRequest many;
};

double secondsOf(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::int64_t residuesIn(std::span<const std::string> sequences) {
  std::int64_t residues = 0;
  for (const auto& sequence : sequences) {
    residues += static_cast<std::int64_t>(sequence.size());
  }
  return residues;
}

class Prediction {
 public:
  Prediction(Job& job, models::Scorer& scorer, const PredictionInput& input,
             std::vector<std::string> channels)
      : m_job(job), m_scorer(scorer), m_input(input), m_channels(std::move(channels)) {}

  /// Works on the first few pairs and says how long the rest will take.
  void estimate() {
    const std::size_t sample = std::min(kSamplePairs, m_input.pairs.size());
    for (std::size_t i = 0; i < sample; ++i) {
      m_known = std::max(
          {m_known, std::size_t{m_input.pairs[i].a} + 1, std::size_t{m_input.pairs[i].b} + 1});
    }
    const double embedding = secondsOf([&] { addProteins(0, m_known); });
    std::vector<models::IndexedPair> pairs;
    for (std::size_t i = 0; i < std::min(kSampleScores, m_input.pairs.size()); ++i) {
      pairs.push_back(m_input.pairs[i % sample]);
    }
    const double scoring = secondsOf([&] { (void)m_scorer.score(pairs, m_channels); });

    const std::span<const std::string> sequences = m_input.proteins.sequences;
    const auto ratio = [](std::int64_t whole, std::int64_t part) {
      return static_cast<double>(whole) / static_cast<double>(std::max<std::int64_t>(part, 1));
    };
    m_estimate = embedding * ratio(residuesIn(sequences.subspan(m_known)),
                                   residuesIn(sequences.subspan(0, m_known))) +
                 scoring * ratio(static_cast<std::int64_t>(m_input.pairs.size()),
                                 static_cast<std::int64_t>(pairs.size()));
    m_job.output.say(fmt::format("{} pairs of {} proteins will take about {}",
                                 countText(static_cast<std::int64_t>(m_input.pairs.size())),
                                 countText(static_cast<std::int64_t>(sequences.size())),
                                 durationText(m_estimate)));
  }

  std::vector<float> scores() {
    addProteins(m_known, m_input.proteins.ids.size());
    return m_scorer.score(m_input.pairs, m_channels, m_job.output.progressSink(), m_job.stop);
  }

  [[nodiscard]] double estimatedSeconds() const { return m_estimate; }

 private:
  /// A fresh scorer numbers proteins from 0 in the order they come, as the input does.
  void addProteins(std::size_t from, std::size_t to) {
    if (from < to) {
      (void)m_scorer.addProteins(m_input.proteins.slice(from, to), m_job.output.progressSink(),
                                 m_job.stop);
    }
  }

  Job& m_job;
  models::Scorer& m_scorer;
  const PredictionInput& m_input;
  std::vector<std::string> m_channels;
  std::size_t m_known = 0;
  double m_estimate = 0;
};

std::string tableOf(const PredictionInput& input, std::span<const float> probabilities,
                    double threshold) {
  std::string text = "a\tb\tprobability\tcall\n";
  for (std::size_t i = 0; i < input.pairs.size(); ++i) {
    fmt::format_to(std::back_inserter(text), "{}\t{}\t{:.6f}\t{}\n",
                   input.proteins.ids[input.pairs[i].a], input.proteins.ids[input.pairs[i].b],
                   probabilities[i], double{probabilities[i]} >= threshold ? 1 : 0);
  }
  return text;
}

/// The full list of what was left out, beside the output; an old list is removed.
void writeSkipped(const std::filesystem::path& path, std::span<const SkippedPair> skipped) {
  if (skipped.empty()) {
    std::error_code ignored;  // there is mostly none
    std::filesystem::remove(path, ignored);
    return;
  }
  std::string text = "line\ta\tb\treason\n";
  for (const auto& pair : skipped) {
    fmt::format_to(std::back_inserter(text), "{}\t{}\t{}\t{}\n", pair.line, pair.a, pair.b,
                   pair.reason);
  }
  writeFileAtomically(path, text);
}

std::string skippedText(std::span<const SkippedPair> skipped, const std::filesystem::path& list) {
  if (skipped.empty()) {
    return "";
  }
  auto text = fmt::format("{} pairs could not be scored; all of them are listed in {}\n",
                          countText(static_cast<std::int64_t>(skipped.size())), list.string());
  for (const auto& pair : skipped.subspan(0, std::min(kExamples, skipped.size()))) {
    text += fmt::format("    line {}: {}\n", pair.line, pair.reason);
  }
  return text;
}

void predictMany(Job& job, const PredictOptions& options) {
  auto project = job.openProject();
  auto run = loadRun(job, project, options.run);
  ManyPairsRequest request = options.many;
  request.out = options.out;
  request.channels = channelsOrAll(run.scorer, options.channels);
  const auto result = predictManyPairs(job, project, run, request);
  recordOutput(project, options.run, options.out);
  job.output.result(
      {{{"command", "predict"},
        {"run", options.run},
        {"proteins", result.proteins},
        {"pairs", result.pairs},
        {"lines", result.lines},
        {"resumed_at", result.resumedAt},
        {"threshold", run.scorer.threshold()},
        {"seconds", result.seconds},
        {"out", options.out.string()}}},
      fmt::format("{} pairs of {} proteins scored in {}; {} lines in {}", countText(result.pairs),
                  countText(result.proteins), durationText(result.seconds), countText(result.lines),
                  options.out.string()));
}

void runPredict(Job& job, const PredictOptions& options) {
  const auto& many = options.many;
  const int ways = (options.pairs.empty() ? 0 : 1) + (many.allPairs.empty() ? 0 : 1) +
                   (many.bait.empty() && many.prey.empty() ? 0 : 1);
  if (ways != 1 || many.bait.empty() != many.prey.empty()) {
    throw Error(ErrorKind::Usage,
                "give one of --pairs FILE, --all-pairs FASTA, or --bait FASTA with --prey FASTA");
  }
  if (options.pairs.empty() && !options.fasta.empty()) {
    throw Error(ErrorKind::Usage,
                "--fasta goes with --pairs; --all-pairs, --bait and --prey name "
                "their own proteins");
  }
  if (options.pairs.empty()) {
    predictMany(job, options);
    return;
  }
  auto project = job.openProject();
  auto run = loadRun(job, project, options.run);
  const auto input = readPredictionInput(
      project, {options.pairs, options.table.format(), options.fasta, run.scorer.spec()},
      job.watch());
  for (const auto& note : run.scorer.notesOn(input.proteins)) {
    job.output.say(note);
  }
  Prediction prediction(job, run.scorer, input, channelsOrAll(run.scorer, options.channels));
  std::vector<float> probabilities;
  const double seconds = secondsOf([&] {
    prediction.estimate();
    probabilities = prediction.scores();
  });
  const std::filesystem::path list = options.out.string() + ".skipped.tsv";
  writeSkipped(list, input.skipped);
  writeFileAtomically(options.out, tableOf(input, probabilities, run.scorer.threshold()));
  recordOutput(project, options.run, options.out);

  std::map<std::string, std::int64_t> reasons;
  formats::Json unknown = formats::Json::array();
  for (const auto& pair : input.skipped) {
    ++reasons[pair.kind];
    if (unknown.size() < kExamples) {
      unknown.push_back(
          {{"line", pair.line}, {"a", pair.a}, {"b", pair.b}, {"reason", pair.reason}});
    }
  }
  job.output.result(
      {{{"command", "predict"},
        {"run", options.run},
        {"counts",
         {{"read", input.pairs.size() + input.skipped.size()},
          {"kept", input.pairs.size()},
          {"skipped", reasons}}},
        {"examples", unknown},
        {"threshold", run.scorer.threshold()},
        {"seconds", seconds},
        {"estimated_seconds", prediction.estimatedSeconds()},
        {"out", options.out.string()},
        {"skipped_list",
         input.skipped.empty() ? formats::Json(nullptr) : formats::Json(list.string())}}},
      fmt::format("{}{} pairs scored in {}, written to {}", skippedText(input.skipped, list),
                  countText(static_cast<std::int64_t>(input.pairs.size())), durationText(seconds),
                  options.out.string()));
}

}  // namespace

void addPredict(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<PredictOptions>();
  auto* command = app.add_subcommand(
      "predict", "Scores the pairs of a file, or all pairs of some proteins, with a trained run");
  command->add_option("--run", options->run, "The run's id")->required();
  command->add_option("--pairs", options->pairs, "Two protein ids a line");
  command->add_option("--all-pairs", options->many.allPairs,
                      "FASTA: every protein against every other");
  command->add_option("--bait", options->many.bait,
                      "FASTA: these proteins against those of --prey");
  command->add_option("--prey", options->many.prey, "FASTA: see --bait");
  command
      ->add_option("--top", options->many.top, "Best partners kept of each protein; 0: every pair")
      ->capture_default_str();
  command->add_option("--fasta", options->fasta,
                      "Proteins that the pairs name; ids that are not in it are looked up in the "
                      "project");
  command->add_option("--out", options->out, "TSV file: a, b, probability, call")->required();
  command->add_option("--channels", options->channels, "Only these channels switched on")
      ->delimiter(',');
  options->table.addTo(*command);
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runPredict(job, *options); }; });
}

}  // namespace twofold::app
