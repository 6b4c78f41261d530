// What a query says of the runs in a list: which are found, their formula columns, the baselines.
#pragma once

#include <QHash>
#include <QMap>
#include <QString>
#include <filesystem>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "core/runs/run_table.h"
#include "core/store/project.h"

namespace twofold::ui {

struct FoundRuns {
  QHash<QString, int> places;                 // of the runs found, by id: rows of the columns
  std::vector<runs::RunTableColumn> columns;  // those that the query names
  QMap<QString, QString> baselines;           // run ids, by experiment
  QString mistake;                            // of the query; then every run is found
};

/// Looks for runs off the GUI thread, and keeps the columns it has read until the store changes, so
/// that the next filter costs a few milliseconds. Any thread; one works, others wait.
class RunFinder {
 public:
  explicit RunFinder(std::filesystem::path folder) : m_folder(std::move(folder)) {}

  /// `query.columns` are columns beside those that the list has. Throws Error for all but mistakes
  /// in the query.
  [[nodiscard]] FoundRuns find(const runs::RunQuery& query);

 private:
  void refresh();

  std::mutex m_mutex;
  std::filesystem::path m_folder;
  std::optional<store::Project> m_project;  // its own connection
  std::optional<store::RunColumns> m_columns;
  std::int64_t m_version = 0;  // of the store, when the columns were begun
};

}  // namespace twofold::ui
