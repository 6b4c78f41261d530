// `import scores`: another program's scores of a pair set become a run.
#include <fmt/format.h>

#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/import_output.h"
#include "app/worker/pair_table_options.h"
#include "app/worker/results.h"
#include "core/base/error.h"
#include "core/comparison/import_scores.h"
#include "core/runs/run_spec.h"

namespace twofold::app {

namespace {

struct ScoresOptions {
  comparison::ScoreRun run;
  std::string part;
  std::string scale = "auto";
  std::string missing = "refuse";
  std::string repeated = "refuse";
  PairTableOptions table;
};

formats::ScoreTableFormat formatOf(const PairTableOptions& table) {
  if (!table.columns.empty() && table.columns.size() != 3) {
    throw Error(ErrorKind::Usage, "--columns needs three columns: id A, id B and the score");
  }
  const auto pairs = table.format();
  return {pairs.columnA, pairs.columnB, pairs.columnLabel, pairs.header, pairs.delimiter};
}

comparison::ScoreRun requestOf(const Job& job, const ScoresOptions& options) {
  using namespace imports;
  auto request = options.run;
  request.scores.format = formatOf(options.table);
  request.scores.scale = options.scale == "auto"          ? ScoreScale::Auto
                         : options.scale == "probability" ? ScoreScale::Probability
                         : options.scale == "logit"       ? ScoreScale::Logit
                                                          : ScoreScale::Rank;
  request.scores.missing =
      options.missing == "refuse" ? MissingScores::Refuse : MissingScores::LeaveOut;
  request.scores.repeated = options.repeated == "refuse" ? RepeatedScores::Refuse
                            : options.repeated == "mean" ? RepeatedScores::Mean
                                                         : RepeatedScores::LeaveOut;
  if (!options.part.empty()) {
    request.scores.part = data::partFromName(options.part);
  }
  request.bootstrap.stop = job.stop;
  return request;
}

void runImport(Job& job, const ScoresOptions& options) {
  const auto request = requestOf(job, options);
  auto project = job.openForWriting();
  const auto imported = comparison::importScores(project, request, job.watch());
  project.database().checkpoint();
  const auto& record = imported.record;
  const auto spec =
      runs::runSpecFromJson(formats::parseJson(record.specJson, record.id), record.id);
  auto body = reportJson("import scores", imported.report);
  body["run"] = record.id;
  body["layout"] = spec.imported->layout;
  body["scale"] = spec.imported->scale;
  body["threshold"] = spec.imported->threshold;
  body["parts"] = toJson(record.parts);
  job.output.result({std::move(body)},
                    fmt::format("{}\nRun {}: {} ({})\n\n{}", reportText(imported.report), record.id,
                                runs::summary(spec), spec.imported->layout,
                                metricTable(record.parts, "Proteins were drawn, not pairs.")));
}

}  // namespace

void addImportScores(CLI::App& parent, CommandContext& context) {
  auto options = std::make_shared<ScoresOptions>();
  auto& scores = options->run.scores;
  auto* command = parent.add_subcommand(
      "scores",
      "Another program's scores as a run: TUnA, D-SCRIPT, PLM-interact, SPRINT, any table");
  command->add_option("FILE", scores.file, "A score a line, plain or gzip")->required();
  command->add_option("--pairs", scores.pairSet, "The pair set that was scored")->required();
  command->add_option("--name", options->run.name, "What the model is called")->required();
  command->add_option("--split", scores.split,
                      "Whose validation and test parts; none: all pairs are one part");
  command->add_option("--part", options->part, "Only this part, or what pairs without a split are")
      ->check(CLI::IsMember({"validation", "test"}));
  command->add_option("--experiment", options->run.experiment,
                      "Groups runs; without it, imports on the same pairs and split");
  command->add_option("--ids", scores.ids,
                      "The pair files that scores without ids belong to, row by row");
  command
      ->add_option("--scores", options->scale,
                   "What the numbers are; auto: probabilities within 0 and 1, else ranks")
      ->check(CLI::IsMember({"auto", "probability", "logit", "rank"}))
      ->capture_default_str();
  command->add_option("--missing", options->missing, "When pairs of a part have no score")
      ->check(CLI::IsMember({"refuse", "leave-out"}))
      ->capture_default_str();
  command->add_option("--repeated", options->repeated, "When a pair has scores that differ")
      ->check(CLI::IsMember({"refuse", "mean", "leave-out"}))
      ->capture_default_str();
  options->table.addTo(*command, "Names or numbers of the columns of id A, id B and score");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runImport(job, *options); }; });
}

}  // namespace twofold::app
