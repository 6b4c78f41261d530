// `runs diff` and `runs views`: what differs between runs, and named ways to look at them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/run_query_options.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/query/parser.h"
#include "core/runs/run_difference.h"
#include "core/store/run_tracking.h"

namespace twofold::app {

namespace {

using formats::Json;

void diff(Job& job, const std::vector<std::string>& ids) {
  if (ids.size() < 2) {
    throw Error(ErrorKind::Usage, "name two runs or more to compare");
  }
  auto project = job.openProject();
  store::RunTracking tracking(project.database());
  std::vector<store::RunValueMap> values;
  for (const auto& id : ids) {
    values.push_back(tracking.values(id));
  }
  const auto difference = runs::differenceOf(values);
  Json json = Json::array();
  std::vector<std::vector<std::string>> rows = {{"what differs"}};
  rows[0].insert(rows[0].end(), ids.begin(), ids.end());
  for (const auto& row : difference.rows) {
    json.push_back({{"name", row.name}, {"values", row.texts}});
    rows.push_back({plainLine(row.name)});
    for (const auto& text : row.texts) {
      rows.back().push_back(text.empty() ? "–" : plainLine(text));
    }
  }
  job.output.result({{{"command", "runs diff"},
                      {"runs", ids},
                      {"rows", std::move(json)},
                      {"reasons", difference.reasons}}},
                    (difference.rows.empty() ? "" : tableText(rows) + "\n") +
                        fmt::format("{}", fmt::join(difference.reasons, "\n")));
}

void listViews(Job& job) {
  auto project = job.openProject();
  Json json = Json::array();
  std::vector<std::vector<std::string>> rows = {{"view", "filter", "sort", "columns"}};
  for (const auto& view : store::SavedViews(project.database()).views()) {
    json.push_back({{"name", view.name},
                    {"filter", view.filter},
                    {"columns", view.columns},
                    {"sort", view.sort},
                    {"archived", view.archived}});
    rows.push_back({plainLine(view.name), plainLine(view.filter), plainLine(view.sort),
                    plainLine(view.columns)});
  }
  job.output.result({{{"command", "runs views list"}, {"views", std::move(json)}}},
                    rows.size() == 1 ? "There are no saved views yet." : tableText(rows));
}

/// A view that cannot be shown is refused now, with its mistake.
void saveView(Job& job, const std::string& name, const RunQueryOptions& options) {
  auto project = job.openForWriting();
  const auto view = options.savedAs(name);
  store::RunColumns columns(project.database());
  static_cast<void>(runs::listRuns(project.database(), columns,
                                   {view.filter, view.columns, view.sort, view.archived, 1}));
  store::SavedViews(project.database()).save(view);
  job.output.result({{{"command", "runs views save"}, {"view", name}}},
                    fmt::format("Saved the view {}; runs list --view shows it", plainLine(name)));
}

void removeView(Job& job, const std::string& name) {
  auto project = job.openForWriting();
  store::SavedViews(project.database()).remove(name);
  job.output.result({{{"command", "runs views remove"}, {"view", name}}},
                    fmt::format("Removed the view {}", plainLine(name)));
}

void addViews(CLI::App& runs, CommandContext& context) {
  auto* views = runs.add_subcommand("views", "Named filters with their columns and order");
  views->add_subcommand("list", "Every saved view")->callback([&context] {
    context.work = listViews;
  });
  auto name = std::make_shared<std::string>();
  auto options = std::make_shared<RunQueryOptions>();
  auto* saving = views->add_subcommand("save", "Saves a view, in place of one of this name");
  saving->add_option("NAME", *name, "The view's name")->required();
  options->addTo(*saving);
  saving->callback([name, options, &context] {
    context.work = [name, options](Job& job) { saveView(job, *name, *options); };
  });
  auto* removal = views->add_subcommand("remove", "Takes a saved view away");
  removal->add_option("NAME", *name, "The view's name")->required();
  removal->callback(
      [name, &context] { context.work = [name](Job& job) { removeView(job, *name); }; });
}

}  // namespace

void addRunComparisons(CLI::App& runs, CommandContext& context) {
  auto ids = std::make_shared<std::vector<std::string>>();
  auto* comparison =
      runs.add_subcommand("diff", "Shows only what differs between runs, and says why they differ");
  comparison->add_option("RUN", *ids, "Ids of two runs or more")->required();
  comparison->callback([ids, &context] { context.work = [ids](Job& job) { diff(job, *ids); }; });
  addViews(runs, context);
}

}  // namespace twofold::app
