// The flat values of runs, one row a value: metrics.PART.NAME, params.NAME, tags.NAME, system.NAME,
// hashes.NAME.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/store/database.h"
#include "core/store/run_parameters.h"

namespace twofold::store {

/// Writers work inside the caller's transaction.
class RunValues {
 public:
  explicit RunValues(Database& database) : m_database(database) {}

  /// Switches are kept as the texts true and false; a NaN is no value and takes one away.
  void set(std::int64_t runKey, const std::string& column, const OptionValue& value);
  /// False when the run had none.
  bool remove(std::int64_t runKey, const std::string& column);
  /// All columns whose name begins with `prefix` become prefix + the names of `values`.
  void replace(std::int64_t runKey, const std::string& prefix, const RunValueMap& values);

  /// By the column's whole name.
  [[nodiscard]] RunValueMap of(std::int64_t runKey);

 private:
  std::int64_t columnKey(const std::string& column);

  Database& m_database;
  std::map<std::string, std::int64_t> m_columns;
};

}  // namespace twofold::store
