// `runs list`, `runs columns`, `runs show`: what runs there are, filtered and sorted, and all of
// one.
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/results.h"
#include "app/worker/run_query_options.h"
#include "app/worker/text.h"
#include "core/query/text_match.h"
#include "core/runs/exported_run.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"

namespace twofold::app {

namespace {

using formats::Json;

Json valueJson(const query::Column& column, std::size_t row) {
  if (column.isMissing(row)) {
    return nullptr;
  }
  const bool isText = column.hasTexts() && column.codes[row] >= 0;
  return isText ? Json(column.texts[static_cast<std::size_t>(column.codes[row])])
                : Json(column.numbers[row]);
}

Json toJson(const runs::RunTable& table) {
  Json titles = Json::array();
  for (const auto& column : table.columns) {
    titles.push_back(column.title);
  }
  Json rows = Json::array();
  for (std::size_t row = 0; row < table.ids.size(); ++row) {
    Json values = Json::array();
    Json deltas = Json::array();
    for (const auto& column : table.columns) {
      values.push_back(valueJson(column.values, row));
      const bool has = !column.deltas.empty() && std::isfinite(column.deltas[row]);
      deltas.push_back(has ? Json(column.deltas[row]) : Json(nullptr));
    }
    rows.push_back({{"run", table.ids[row]},
                    {"baseline", table.isBaseline[row] != 0},
                    {"values", std::move(values)},
                    {"deltas", std::move(deltas)}});
  }
  return {{"matching", table.matching}, {"columns", std::move(titles)}, {"rows", std::move(rows)}};
}

/// "0.703 +0.012": the difference from the baseline behind it.
std::string shownCell(const runs::RunTableColumn& column, std::size_t row, bool isBaseline) {
  const auto& values = column.values;
  if (values.isMissing(row)) {
    return "–";
  }
  const bool isText = values.hasTexts() && values.codes[row] >= 0;
  if (isText || values.type == query::ColumnType::Time ||
      values.numbers[row] == std::round(values.numbers[row])) {
    return plainLine(runs::cellText(values, row));
  }
  const bool hasDelta = !isBaseline && !column.deltas.empty() && std::isfinite(column.deltas[row]);
  return fmt::format("{:.3f}{}", values.numbers[row],
                     hasDelta ? fmt::format(" {:+.3f}", column.deltas[row]) : "");
}

std::string tableOf(const runs::RunTable& table) {
  if (table.ids.empty()) {
    return "No run matches.";
  }
  std::vector<std::vector<std::string>> rows = {{"run"}};
  for (const auto& column : table.columns) {
    rows[0].push_back(plainLine(column.title));
  }
  bool hasBaseline = false;
  for (std::size_t row = 0; row < table.ids.size(); ++row) {
    const bool isBaseline = table.isBaseline[row] != 0;
    hasBaseline = hasBaseline || isBaseline;
    rows.push_back({table.ids[row] + (isBaseline ? " =" : "")});
    for (const auto& column : table.columns) {
      rows.back().push_back(shownCell(column, row, isBaseline));
    }
  }
  auto text = tableText(rows);
  if (hasBaseline) {
    text += "=  the baseline of its experiment; numbers with a sign are differences from it\n";
  }
  if (table.matching > table.ids.size()) {
    text += fmt::format("{} of {} runs that match; --limit shows more\n", table.ids.size(),
                        table.matching);
  }
  return text;
}

void list(Job& job, const RunQueryOptions& options) {
  auto project = job.openProject();
  reapDead(job, project);
  store::RunColumns columns(project.database());
  const auto table = runs::listRuns(project.database(), columns, options.query(project.database()));
  Json body = {{"command", "runs list"}};
  body.update(toJson(table));
  job.output.result({std::move(body)}, tableOf(table));
}

void listColumns(Job& job) {
  auto project = job.openProject();
  const auto names = store::RunColumns(project.database()).names();
  std::string text;
  for (const auto& name : names) {
    text += plainLine(query::nameText(name)) + "\n";
  }
  job.output.result({{{"command", "runs columns"}, {"columns", names}}}, text);
}

std::string historyText(const std::vector<store::StatusChange>& history) {
  std::string text;
  for (const auto& change : history) {
    text += fmt::format("  {}  {}{}\n", query::timeText(change.at), change.status,
                        change.message.empty() ? "" : ": " + plainLine(change.message));
  }
  return text;
}

void show(Job& job, const std::string& id) {
  auto project = job.openProject();
  reapDead(job, project);
  const auto run = store::RunRepository(project.database()).run(id);
  store::RunTracking tracking(project.database());
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, value] : tracking.values(id)) {
    if (!name.starts_with("metrics.")) {
      rows.push_back({plainLine(name), plainLine(toText(value))});
    }
  }
  std::string artifacts;
  for (const auto& artifact : tracking.artifacts(id)) {
    artifacts += fmt::format("  {}  {}  {}\n", artifact.hash.substr(0, 12),
                             bytesText(artifact.bytes), plainLine(artifact.name));
  }
  Json body = {{"command", "runs show"}, {"run", runs::runToJson(project, id)}};
  job.output.result({std::move(body)},
                    fmt::format("Run {} of {}: {}{}{}\n\n{}\n{}History (UTC)\n{}{}{}", run.id,
                                plainLine(run.experiment), store::name(run.status),
                                run.parent.empty() ? "" : ", part of " + plainLine(run.parent),
                                run.note.empty() ? "" : "\n" + plainLine(run.note), tableText(rows),
                                run.parts.empty() ? "" : metricTable(run.parts) + "\n",
                                historyText(tracking.history(id)),
                                artifacts.empty() ? "" : "Artifacts\n", artifacts));
}

}  // namespace

void addRunLists(CLI::App& runs, CommandContext& context) {
  auto options = std::make_shared<RunQueryOptions>();
  auto* listing =
      runs.add_subcommand("list", "Filters and sorts the runs: --filter, --sort, --columns");
  options->addTo(*listing);
  options->addPageTo(*listing);
  listing->callback(
      [options, &context] { context.work = [options](Job& job) { list(job, *options); }; });
  runs.add_subcommand("columns", "Every name that filters, sorts and columns may use")
      ->callback([&context] { context.work = listColumns; });
  auto id = std::make_shared<std::string>();
  auto* showing = runs.add_subcommand("show", "All of one run: options, machine, hashes, history");
  showing->add_option("RUN", *id, "The run's id")->required();
  showing->callback([id, &context] { context.work = [id](Job& job) { show(job, *id); }; });
}

}  // namespace twofold::app
