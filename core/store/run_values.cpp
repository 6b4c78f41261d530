#include "core/store/run_values.h"

#include <cmath>

namespace twofold::store {

std::int64_t RunValues::columnKey(const std::string& column) {
  if (const auto known = m_columns.find(column); known != m_columns.end()) {
    return known->second;
  }
  Statement find = m_database.prepare("SELECT key FROM run_column WHERE name = ?");
  find.bind(1, column);
  std::int64_t key = 0;
  if (find.step()) {
    key = find.integer(0);
  } else {
    m_database.prepare("INSERT INTO run_column (name) VALUES (?)").bind(1, column).run();
    key = m_database.lastInsertKey();
  }
  m_columns.emplace(column, key);
  return key;
}

void RunValues::set(std::int64_t runKey, const std::string& column, const OptionValue& value) {
  if (const auto* real = std::get_if<double>(&value); real != nullptr && std::isnan(*real)) {
    remove(runKey, column);
    return;
  }
  Statement write = m_database.prepare("INSERT OR REPLACE INTO run_value VALUES (?, ?, ?)");
  write.bind(1, columnKey(column)).bind(2, runKey);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    write.bind(3, *integer);
  } else if (const auto* real = std::get_if<double>(&value)) {
    write.bind(3, *real);
  } else {
    write.bind(3, std::string_view(toText(value)));
  }
  write.run();
}

bool RunValues::remove(std::int64_t runKey, const std::string& column) {
  Statement erase = m_database.prepare(
      "DELETE FROM run_value WHERE run_key = ?1 AND column_key = "
      "(SELECT key FROM run_column WHERE name = ?2) RETURNING 1");
  erase.bind(1, runKey).bind(2, column);
  const bool was = erase.step();
  erase.run();
  return was;
}

void RunValues::replace(std::int64_t runKey, const std::string& prefix, const RunValueMap& values) {
  m_database
      .prepare(
          "DELETE FROM run_value WHERE run_key = ?1 AND column_key IN "
          "(SELECT key FROM run_column WHERE substr(name, 1, length(?2)) = ?2)")
      .bind(1, runKey)
      .bind(2, prefix)
      .run();
  for (const auto& [name, value] : values) {
    set(runKey, prefix + name, value);
  }
}

RunValueMap RunValues::of(std::int64_t runKey) {
  RunValueMap all;
  Statement row = m_database.prepare(
      "SELECT name, value FROM run_value INDEXED BY run_value_by_run "
      "JOIN run_column ON run_column.key = column_key WHERE run_key = ?");
  row.bind(1, runKey);
  while (row.step()) {
    OptionValue value = row.isText(1)      ? OptionValue(std::string(row.text(1)))
                        : row.isInteger(1) ? OptionValue(row.integer(1))
                                           : OptionValue(row.real(1));
    all.emplace(row.text(0), std::move(value));
  }
  return all;
}

}  // namespace twofold::store
