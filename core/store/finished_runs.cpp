#include "core/store/finished_runs.h"

#include "core/store/run_history.h"
#include "core/store/run_rows.h"
#include "core/store/run_values.h"

namespace twofold::store {

std::string addFinishedRun(Database& database, const FinishedRun& run) {
  auto id = freshRunId(database);
  database
      .prepare(
          "INSERT INTO run (id, experiment, spec, split_hash, status, message, created, started, "
          "finished, program_version, note) VALUES (?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?)")
      .bind(1, id)
      .bind(2, run.experiment)
      .bind(3, run.specJson)
      .bind(4, name(run.status))
      .bind(5, run.message)
      .bind(6, secondsNow())
      .bind(7, run.started)
      .bind(8, run.finished)
      .bind(9, std::string_view(TWOFOLD_VERSION))
      .bind(10, run.note)
      .run();
  const auto key = database.lastInsertKey();
  RunValues values(database);
  values.replace(key, "params.", run.params);
  values.replace(key, "tags.", {run.tags.begin(), run.tags.end()});
  for (const auto& [part, metrics] : run.parts) {
    writePartMetrics(database, key, part, metrics);
  }
  for (const auto& series : run.series) {
    writeSeries(database, key, series);
  }
  noteStatus(database, key, name(run.status), run.message);
  return id;
}

std::set<std::string> textsOfTag(Database& database, const std::string& tag) {
  std::set<std::string> texts;
  Statement row = database.prepare(
      "SELECT value FROM run_value WHERE column_key = (SELECT key FROM run_column WHERE name = ?)");
  row.bind(1, "tags." + tag);
  while (row.step()) {
    texts.emplace(row.text(0));
  }
  return texts;
}

}  // namespace twofold::store
