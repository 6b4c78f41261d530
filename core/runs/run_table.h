// A table of runs as a query asks for it: filtered, sorted, with columns that may be formulas.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/query/expression.h"
#include "core/store/run_columns.h"

namespace twofold::runs {

/// As it is written; each text may be empty.
struct RunQuery {
  std::string filter;   // every run
  std::string columns;  // the usual ones
  std::string sort;     // the newest first
  bool archived = false;
  std::size_t limit = 0;  // 0: all rows

  friend bool operator==(const RunQuery&, const RunQuery&) = default;
};

/// What is shown when nobody says which.
[[nodiscard]] std::string usualColumns();

struct RunTableColumn {
  std::string title;  // the expression as it is written
  query::Column values;
  /// Number less that of the baseline of the row's experiment; NaN where there is none. Empty for
  /// columns that read no metric.
  std::vector<double> deltas;
};

struct RunTable {
  std::vector<std::int64_t> keys;  // of the rows, in their order
  std::vector<std::string> ids;
  std::vector<char> isBaseline;
  std::vector<RunTableColumn> columns;
  std::size_t matching = 0;  // runs that the filter lets through, beyond the limit too
};

/// The rows that the query finds, in their order, and how many there are beyond the limit.
struct FoundRuns {
  std::vector<std::uint32_t> rows;  // in `all`
  std::size_t matching = 0;
};
/// Throws Error(Usage): "filter, character 9: …".
[[nodiscard]] FoundRuns findRuns(store::RunColumns& all, const RunQuery& query);

/// Throws Error(Usage). `all` keeps the columns that filter and sort looked at, for the next query.
[[nodiscard]] RunTable listRuns(store::Database& database, store::RunColumns& all,
                                const RunQuery& query);

/// The same with these columns in place of the query's, by their names.
[[nodiscard]] RunTable tableOf(store::Database& database, store::RunColumns& all,
                               const RunQuery& query, const std::vector<std::string>& names);

/// The text of a cell: numbers in full, times as "2026-11-26 14:30:05"; empty where missing.
[[nodiscard]] std::string cellText(const query::Column& column, std::size_t row);

}  // namespace twofold::runs
