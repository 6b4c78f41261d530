// The runs of a project as columns for filters, formulas and tables: each is read when it is first
// asked for, in one scan, and kept.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/query/columns.h"
#include "core/store/database.h"

namespace twofold::store {

/// How a column's name is written in full: "auprc" of metrics is that of validation, and a name
/// without family is an attribute. "metrics.auprc" → "metrics.validation.auprc", "status" →
/// "attributes.status".
[[nodiscard]] std::string fullColumnName(const std::string& name);
/// The other way round, for people.
[[nodiscard]] std::string shortColumnName(const std::string& name);

/// What the store held when a column was read: make a new one when Database::dataVersion() has
/// changed. One thread at a time.
class RunColumns : public query::ColumnSource {
 public:
  /// All runs, the oldest first.
  explicit RunColumns(Database& database);
  /// These alone, in this order: nothing else is read. For a page of a table, not for thousands.
  RunColumns(Database& database, std::vector<std::int64_t> runKeys);

  [[nodiscard]] std::size_t rows() const override { return m_keys.size(); }
  /// By its short or full name.
  [[nodiscard]] const query::Column& column(const std::string& name) override;

  [[nodiscard]] const std::vector<std::int64_t>& keys() const { return m_keys; }
  /// Short names of all columns, ascending: those of the runs and those that every project has.
  [[nodiscard]] std::vector<std::string> names();

 private:
  [[nodiscard]] query::Column attribute(const std::string& name);
  [[nodiscard]] query::Column value(const std::string& fullName, std::int64_t columnKey);
  /// All values of the chosen runs in one scan: they lie together.
  void readChosen();
  void readNames();

  Database& m_database;
  std::vector<std::int64_t> m_keys;
  bool m_isAll;
  std::vector<std::uint32_t> m_rowsByKey;  // rows in ascending order of their keys
  std::string m_chosen;                    // the keys as SQL, unless all are meant
  std::optional<Statement> m_values;
  std::optional<std::map<std::int64_t, query::Column>> m_chosenColumns;  // values, by column key
  std::map<std::string, query::Column> m_columns;                        // by full name
  std::map<std::string, std::int64_t> m_columnKeys;  // by full name; filled with m_names
  std::vector<std::string> m_names;
};

}  // namespace twofold::store
