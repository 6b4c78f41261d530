// Which runs, in which order and with which columns, from options or a saved view.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "app/worker/command_context.h"
#include "core/runs/run_table.h"
#include "core/store/project.h"
#include "core/store/saved_views.h"

namespace twofold::app {

struct RunQueryOptions {
  std::optional<std::string> filter;
  std::optional<std::string> columns;
  std::vector<std::string> sort;
  std::string view;
  bool archived = false;
  std::size_t limit = 0;

  /// --filter, --sort, --columns, --archived.
  void addTo(CLI::App& command);
  /// --view, --limit.
  void addPageTo(CLI::App& command);

  /// What was given goes before what the view says. Throws Error(NotFound) naming the nearest view.
  [[nodiscard]] runs::RunQuery query(store::Database& database) const;
  [[nodiscard]] store::SavedView savedAs(const std::string& name) const;
};

/// A killed worker could not say that it ended: its runs become interrupted. Where the store cannot
/// be written just now, that is said, and the runs are shown all the same.
void reapDead(Job& job, store::Project& project);

}  // namespace twofold::app
