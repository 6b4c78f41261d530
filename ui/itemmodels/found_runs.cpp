#include "ui/itemmodels/found_runs.h"

#include "core/base/error.h"
#include "core/store/run_tracking.h"

namespace twofold::ui {

namespace {

runs::RunTable tableOf(store::Database& database, const runs::RunQuery& query) {
  store::RunColumns all(database);
  // A query without columns would mean the usual ones.
  return query.columns.empty() ? runs::tableOf(database, all, query, {})
                               : runs::listRuns(database, all, query);
}

QMap<QString, QString> baselineIds(store::Database& database) {
  QMap<QString, QString> ids;
  auto row = database.prepare(
      "SELECT baseline.experiment, run.id FROM baseline JOIN run ON run.key = baseline.run_key");
  while (row.step()) {
    ids.insert(QString::fromStdString(std::string(row.text(0))),
               QString::fromStdString(std::string(row.text(1))));
  }
  return ids;
}

FoundRuns foundOf(runs::RunTable table) {
  FoundRuns found;
  found.places.reserve(static_cast<qsizetype>(table.ids.size()));
  for (std::size_t row = 0; row < table.ids.size(); ++row) {
    found.places.insert(QString::fromStdString(table.ids[row]), static_cast<int>(row));
  }
  found.columns = std::move(table.columns);
  return found;
}

}  // namespace

FoundRuns findRuns(store::Database& database, const runs::RunQuery& query) {
  FoundRuns found;
  try {
    found = foundOf(tableOf(database, query));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::Usage) {
      throw;
    }
    found = foundOf(tableOf(database, {{}, {}, {}, query.archived, 0}));
    found.mistake = QString::fromUtf8(error.what());
  }
  found.baselines = baselineIds(database);
  return found;
}

}  // namespace twofold::ui
