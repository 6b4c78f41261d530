// `import run`: a folder of `export folder` into a project, where the run can be trained again.
#include <fmt/format.h>

#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/text.h"
#include "core/runs/exported_run.h"
#include "core/runs/run_spec.h"
#include "core/store/run_repository.h"

namespace twofold::app {

namespace {

struct ImportRunOptions {
  std::filesystem::path folder;
  std::filesystem::path weights;
  std::string experiment;
};

void importRun(Job& job, const ImportRunOptions& options) {
  auto project = job.openForWriting(true);
  const auto copied =
      runs::importRun(options.folder, project, {{}, options.weights, options.experiment},
                      job.output.progressSink(), job.stop);
  const auto record = store::RunRepository(project.database()).run(copied.id);
  const auto spec =
      runs::runSpecFromJson(formats::parseJson(record.specJson, record.id), record.id);
  const auto next = spec.imported
                        ? std::string()  // another program's scores: there is nothing to train
                        : fmt::format("twofold-worker run --run {}{}", copied.id,
                                      record.status == store::RunStatus::Done ? " --again" : "");
  std::string text =
      fmt::format("Run {} with {} proteins and {} pairs is in {}.\n", copied.id,
                  countText(copied.proteins), countText(copied.pairs), project.folder().string());
  if (!next.empty()) {
    text += fmt::format("Train it here: {}\n", next);
  }
  for (const auto& note : copied.notes) {
    text += note + "\n";
  }
  job.output.result({{{"command", "import run"},
                      {"run", copied.id},
                      {"counts", {{"proteins", copied.proteins}, {"pairs", copied.pairs}}},
                      {"next", next},
                      {"notes", copied.notes}}},
                    text);
}

}  // namespace

void addImportRun(CLI::App& parent, CommandContext& context) {
  auto options = std::make_shared<ImportRunOptions>();
  auto* command = parent.add_subcommand(
      "run", "A run that export folder wrote, into a new project or one with the same data");
  command->add_option("FOLDER", options->folder, "The folder")->required();
  command->add_option("--weights", options->weights,
                      "Where the backbone's weights are here, if the run used a folder of them");
  command->add_option("--experiment", options->experiment,
                      "The experiment that the run is in here, in place of its own");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { importRun(job, *options); }; });
}

}  // namespace twofold::app
