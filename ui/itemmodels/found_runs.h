// What a query says of the runs in a list: which are found, their formula columns, the baselines.
#pragma once

#include <QHash>
#include <QMap>
#include <QString>
#include <vector>

#include "core/runs/run_table.h"
#include "core/store/database.h"

namespace twofold::ui {

struct FoundRuns {
  QHash<QString, int> places;                 // of the runs found, by id: rows of the columns
  std::vector<runs::RunTableColumn> columns;  // those that the query names
  QMap<QString, QString> baselines;           // run ids, by experiment
  QString mistake;                            // of the query; then every run is found
};

/// Takes longer than a frame for many runs: for a thread of its own. `query.columns` are columns
/// beside those that the list has. Throws Error for all but mistakes in the query.
[[nodiscard]] FoundRuns findRuns(store::Database& database, const runs::RunQuery& query);

}  // namespace twofold::ui
