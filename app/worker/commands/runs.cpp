// `runs`: the runs of the project with their status and metrics; below it, all that is done to
// them.
#include <fmt/format.h>

#include <cmath>

#include "app/worker/commands/commands.h"
#include "app/worker/results.h"
#include "app/worker/run_query_options.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/runs/run_spec.h"
#include "core/store/run_repository.h"

namespace twofold::app {

namespace {

/// The spec as JSON, or as text where it is none.
formats::Json specOf(const store::RunRecord& run) {
  try {
    return formats::parseJson(run.specJson, run.id);
  } catch (const Error&) {
    return run.specJson;
  }
}

formats::Json toJson(const store::RunRecord& run) {
  return {{"id", run.id},
          {"experiment", run.experiment},
          {"status", store::name(run.status)},
          {"message", run.message},
          {"created", run.created},
          {"started", run.started},
          {"finished", run.finished},
          {"epochs", run.epochs},
          {"parent", run.parent},
          {"note", run.note},
          {"favourite", run.favourite},
          {"archived", run.archived},
          {"spec", specOf(run)},
          {"parts", app::toJson(run.parts)}};
}

std::string metricText(const store::RunRecord& run, const std::string& part,
                       const std::string& metric) {
  const auto found = run.parts.find(part);
  if (found == run.parts.end() || !found->second.values.contains(metric)) {
    return "–";
  }
  const double value = found->second.values.at(metric);
  return std::isfinite(value) ? fmt::format("{:.3f}", value) : "–";
}

std::string summaryText(const store::RunRecord& run) {
  const auto spec = runs::readableSpec(run.specJson);
  return spec ? runs::summary(*spec) : "–";
}

std::string tableOf(const std::vector<store::RunRecord>& runs) {
  if (runs.empty()) {
    return "There are no runs yet.";
  }
  std::vector<std::vector<std::string>> rows = {
      {"run", "status", "experiment", "epochs", "val auprc", "val mcc", "test auprc", "spec"}};
  for (const auto& run : runs) {
    rows.push_back({run.id, std::string(store::name(run.status)), run.experiment,
                    std::to_string(run.epochs), metricText(run, "validation", "auprc"),
                    metricText(run, "validation", "mcc"), metricText(run, "test", "auprc"),
                    summaryText(run)});
  }
  return tableText(rows);
}

}  // namespace

void addRuns(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("runs", "Lists the runs with their status and metrics");
  command->require_subcommand(0, 1);
  addRunLists(*command, context);
  addRunMarks(*command, context);
  addRunComparisons(*command, context);
  command->callback([command, &context] {
    if (!command->get_subcommands().empty()) {
      return;
    }
    context.work = [](Job& job) {
      auto project = job.openProject();
      store::RunRepository repository(project.database());
      reapDead(job, project);
      const auto runs = repository.runs();
      formats::Json list = formats::Json::array();
      for (const auto& run : runs) {
        list.push_back(toJson(run));
      }
      job.output.result({{{"command", "runs"}, {"runs", std::move(list)}}}, tableOf(runs));
    };
  });
}

}  // namespace twofold::app
