// `export mlflow`: runs to an MLflow server.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>

#include "app/worker/commands/commands.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/mlflow/export_runs.h"
#include "core/runs/run_table.h"
#include "core/store/run_repository.h"

namespace twofold::app {

namespace {

struct MlflowOptions {
  std::string url;
  std::string experiment;
  std::string filter;
  std::vector<std::string> runs;
  std::filesystem::path tokenFile;
  double seconds = 60;
};

std::string environment(const char* name) {
  const char* text = std::getenv(name);
  return text == nullptr ? std::string() : std::string(text);
}

std::string tokenFrom(const std::filesystem::path& file) {
  auto token = readFile(file, 1U << 16U);
  token.erase(std::find_if_not(token.rbegin(), token.rend(),
                               [](unsigned char c) { return std::isspace(c) != 0; })
                  .base(),
              token.end());
  if (token.empty()) {
    throw Error(ErrorKind::Usage, fmt::format("{}: there is no token in it", file.string()));
  }
  return token;
}

/// The variables are those of MLflow's own programs.
net::HttpLogin loginFrom(const MlflowOptions& options) {
  if (!options.tokenFile.empty()) {
    return {{}, {}, tokenFrom(options.tokenFile)};
  }
  return {environment("MLFLOW_TRACKING_USERNAME"), environment("MLFLOW_TRACKING_PASSWORD"),
          environment("MLFLOW_TRACKING_TOKEN")};
}

/// Those that are named, or all that the filter lets through, oldest first.
std::vector<std::string> runsFrom(store::Project& project, const MlflowOptions& options) {
  if (!options.runs.empty()) {
    if (!options.filter.empty()) {
      throw Error(ErrorKind::Usage, "give either --runs or --filter");
    }
    std::vector<std::string> ids;
    for (const auto& id : options.runs) {
      static_cast<void>(store::RunRepository(project.database()).keyOf(id));
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
        ids.push_back(id);
      }
    }
    return ids;
  }
  store::RunColumns columns(project.database());
  auto ids =
      runs::listRuns(project.database(), columns, {options.filter, "status", "", false, 0}).ids;
  std::reverse(ids.begin(), ids.end());
  return ids;
}

std::string reportText(const mlflow::ExportReport& report, const std::string& url) {
  auto text = fmt::format(
      "{} runs created, {} updated, {} unchanged at {}\n{} points of metrics, {} params and {} "
      "tags "
      "sent\n",
      countText(report.created), countText(report.updated), countText(report.unchanged), url,
      countText(report.metrics), countText(report.params), countText(report.tags));
  for (const auto& [reason, count] : report.left.skipped) {
    text += fmt::format("{} times: {}\n", countText(count), reason);
    for (const auto& example : report.left.examples.at(reason)) {
      text += fmt::format("    {}\n", example);
    }
  }
  return text;
}

void exportToMlflow(Job& job, const MlflowOptions& options) {
  auto project = job.openProject();
  const mlflow::RunExport request{runsFrom(project, options), options.experiment};
  net::HttpLimits limits;
  limits.whole = std::chrono::milliseconds(static_cast<std::int64_t>(1000 * options.seconds));
  limits.connect = std::min(limits.connect, limits.whole);
  mlflow::Server server(options.url, loginFrom(options), limits, job.stop);
  const auto report = mlflow::exportRuns(project, server, request, job.watch());
  job.output.result({{{"command", "export mlflow"},
                      {"url", options.url},
                      {"created", report.created},
                      {"updated", report.updated},
                      {"unchanged", report.unchanged},
                      {"metrics", report.metrics},
                      {"params", report.params},
                      {"tags", report.tags},
                      {"left", report.left.skipped},
                      {"examples", report.left.examples}}},
                    reportText(report, options.url));
}

}  // namespace

void addExportMlflow(CLI::App& parent, CommandContext& context) {
  auto* command = parent.add_subcommand(
      "mlflow",
      "Runs to an MLflow server: each once, however often it is sent. A login is taken from "
      "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN");
  auto options = std::make_shared<MlflowOptions>();
  command->add_option("--url", options->url, "The server, as in http://localhost:5000")->required();
  command->add_option("--experiment", options->experiment,
                      "Of MLflow, made where missing; else each run goes to that of its own name");
  command->add_option("--filter", options->filter,
                      "Such as \"metrics.auprc > 0.6\"; else all runs");
  command->add_option("--runs", options->runs, "Ids, separated by commas")->delimiter(',');
  command->add_option("--token-file", options->tokenFile, "A file with an access token in it");
  command->add_option("--timeout", options->seconds, "Longest time for one answer, in seconds")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  command->callback([options, &context] {
    context.work = [options](Job& job) { exportToMlflow(job, *options); };
  });
}

}  // namespace twofold::app
