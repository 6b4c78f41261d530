#include "app/worker/run_query_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/error.h"
#include "core/store/run_repository.h"

namespace twofold::app {

void RunQueryOptions::addTo(CLI::App& command) {
  command.add_option("--filter", filter,
                     "Such as \"metrics.auprc > 0.6 and params.backbone = 'esm2'\"");
  command.add_option("--sort", sort, "A column or formula, then desc: metrics.auprc desc")
      ->expected(1, 2);
  command.add_option("--columns", columns,
                     "Separated by commas; formulas too: metrics.test.auprc - metrics.auprc");
  command.add_flag("--archived", archived, "Archived runs too");
}

void RunQueryOptions::addPageTo(CLI::App& command) {
  command.add_option("--view", view, "Start from this saved view");
  command.add_option("--limit", limit, "At most so many rows; 0: all")->capture_default_str();
}

runs::RunQuery RunQueryOptions::query(store::Database& database) const {
  const auto saved = view.empty() ? store::SavedView{} : store::SavedViews(database).view(view);
  return {filter.value_or(saved.filter), columns.value_or(saved.columns),
          sort.empty() ? saved.sort : fmt::format("{}", fmt::join(sort, " ")),
          archived || saved.archived, limit};
}

store::SavedView RunQueryOptions::savedAs(const std::string& name) const {
  return {name, filter.value_or(""), columns.value_or(""), fmt::format("{}", fmt::join(sort, " ")),
          archived};
}

void reapDead(Job& job, store::Project& project) {
  if (!project.readOnlyReason().empty()) {
    return;
  }
  try {
    store::RunRepository(project.database()).reapInterrupted();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::Io) {
      throw;
    }
    job.output.say(
        fmt::format("Runs may be shown as running that no longer are: {}", error.what()));
  }
}

}  // namespace twofold::app
