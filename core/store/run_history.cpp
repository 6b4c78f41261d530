#include "core/store/run_history.h"

#include <chrono>

namespace twofold::store {

void noteStatus(Database& database, std::int64_t runKey, std::string_view status,
                std::string_view message) {
  Statement last = database.prepare(
      "SELECT status, message FROM run_history WHERE run_key = ? ORDER BY key DESC LIMIT 1");
  last.bind(1, runKey);
  if (last.step() && last.text(0) == status && last.text(1) == message) {
    return;
  }
  database.prepare("INSERT INTO run_history (run_key, at, status, message) VALUES (?, ?, ?, ?)")
      .bind(1, runKey)
      .bind(2, secondsNow())
      .bind(3, status)
      .bind(4, message)
      .run();
}

std::vector<StatusChange> historyOf(Database& database, std::int64_t runKey) {
  std::vector<StatusChange> all;
  Statement row = database.prepare(
      "SELECT at, status, message FROM run_history WHERE run_key = ? ORDER BY key");
  row.bind(1, runKey);
  while (row.step()) {
    all.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2))});
  }
  return all;
}

std::int64_t secondsNow() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace twofold::store
