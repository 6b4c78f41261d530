#include "ui/itemmodels/found_runs.h"

#include "core/base/error.h"
#include "core/store/run_tracking.h"

namespace twofold::ui {

namespace {

runs::RunTable tableOf(store::Database& database, store::RunColumns& all,
                       const runs::RunQuery& query) {
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

void RunFinder::refresh() {
  if (!m_project) {
    m_project = store::Project::open(m_folder);
  }
  const auto version = m_project->database().dataVersion();
  if (!m_columns || version != m_version) {
    m_columns.emplace(m_project->database());
    m_version = version;
  }
}

FoundRuns RunFinder::find(const runs::RunQuery& query) {
  const std::lock_guard lock(m_mutex);
  refresh();
  auto& database = m_project->database();
  FoundRuns found;
  try {
    found = foundOf(tableOf(database, *m_columns, query));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::Usage) {
      throw;
    }
    found = foundOf(tableOf(database, *m_columns, {{}, {}, {}, query.archived, 0}));
    found.mistake = QString::fromUtf8(error.what());
  }
  found.baselines = baselineIds(database);
  return found;
}

}  // namespace twofold::ui
