// `export`: runs as a CSV table, one run with all that belongs to it as a folder, runs to MLflow.
#include <fmt/format.h>

#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/run_query_options.h"
#include "app/worker/text.h"
#include "core/base/files.h"
#include "core/runs/exported_run.h"
#include "core/runs/run_csv.h"

namespace twofold::app {

namespace {

struct ExportOptions {
  RunQueryOptions query;
  std::string run;
  std::filesystem::path out;
};

void exportTable(Job& job, const ExportOptions& options) {
  auto project = job.openProject();
  store::RunColumns columns(project.database());
  const auto query = options.query.query(project.database());
  const auto table = query.columns.empty()
                         ? runs::tableOf(project.database(), columns, query, columns.names())
                         : runs::listRuns(project.database(), columns, query);
  writeFileAtomically(options.out, runs::toCsv(table));
  job.output.result({{{"command", "export runs"},
                      {"runs", table.ids.size()},
                      {"columns", table.columns.size() + 1},
                      {"out", options.out.string()}}},
                    fmt::format("{} runs with {} columns written to {}", table.ids.size(),
                                table.columns.size() + 1, options.out.string()));
}

void exportFolder(Job& job, const ExportOptions& options) {
  auto project = job.openProject();
  const auto written = runs::exportRun(project, options.run, options.out);
  job.output.result({{{"command", "export folder"},
                      {"run", options.run},
                      {"files", written.files},
                      {"bytes", written.bytes},
                      {"out", options.out.string()}}},
                    fmt::format("Run {} with {} files ({}) written to {}", options.run,
                                written.files, bytesText(written.bytes), options.out.string()));
}

}  // namespace

void addExport(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("export", "Runs as a table or to MLflow, one as a folder");
  auto options = std::make_shared<ExportOptions>();
  auto* table = command->add_subcommand("runs", "A CSV table of the runs, as runs list finds them");
  options->query.addTo(*table);
  options->query.addPageTo(*table);
  table->add_option("--out", options->out, "CSV file")->required();
  table->callback(
      [options, &context] { context.work = [options](Job& job) { exportTable(job, *options); }; });
  auto* folder = command->add_subcommand(
      "folder", "One run: spec, metrics, predictions, events, checkpoints and a model card");
  folder->add_option("RUN", options->run, "The run's id")->required();
  folder->add_option("--out", options->out, "A new folder")->required();
  folder->callback(
      [options, &context] { context.work = [options](Job& job) { exportFolder(job, *options); }; });
  addExportMlflow(*command, context);
}

}  // namespace twofold::app
