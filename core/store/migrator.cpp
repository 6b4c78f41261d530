#include "core/store/migrator.h"

#include <fmt/format.h>
#include <unistd.h>

#include <string>

#include "core/base/error.h"
#include "core/base/files.h"

namespace twofold::store {

namespace {

/// "2fld"; `file` and other programs tell a Twofold store by it.
constexpr std::int64_t kApplicationId = 0x32666c64;

std::int64_t numberOf(Database& database, std::string_view query) {
  Statement statement = database.prepare(query);
  return statement.step() ? statement.integer(0) : 0;
}

/// A second connection reads the state before the open transaction, which WAL keeps.
void copyBeforeMigration(Database& database, std::int64_t schema) {
  const auto& store = database.path();
  const std::filesystem::path target = fmt::format("{}.schema-{}.backup", store.string(), schema);
  const std::filesystem::path temporary = fmt::format("{}.{}.tmp", target.string(), ::getpid());
  std::error_code ignored;
  std::filesystem::remove(temporary, ignored);
  try {
    Database reader(store, Access::ReadOnly);
    reader.prepare("VACUUM INTO ?").bind(1, temporary.string()).run();
    commitFile(temporary, target);
  } catch (...) {
    std::filesystem::remove(temporary, ignored);
    throw;
  }
}

}  // namespace

std::int64_t knownSchema() {
  return static_cast<std::int64_t>(migrations().size());
}

std::int64_t schemaOf(Database& database) {
  const std::int64_t application = numberOf(database, "PRAGMA application_id");
  const std::int64_t schema = numberOf(database, "PRAGMA user_version");
  if (schema < 0) {
    throw Error(ErrorKind::BadInput, fmt::format("{}: the store is damaged: its schema is {}; put "
                                                 "back a backup",
                                                 database.path().string(), schema));
  }
  const bool empty = numberOf(database, "SELECT count(*) FROM sqlite_schema") == 0;
  if (application != kApplicationId && !(empty && application == 0 && schema == 0)) {
    throw Error(ErrorKind::BadInput,
                fmt::format("{}: this is the database of another program, not a Twofold store",
                            database.path().string()));
  }
  return schema;
}

void migrate(Database& database, std::span<const Migration> steps) {
  const auto newest = static_cast<std::int64_t>(steps.size());
  Transaction transaction(database);
  const std::int64_t schema = schemaOf(database);
  if (schema >= newest) {
    return;
  }
  if (schema > 0) {
    copyBeforeMigration(database, schema);
  }
  for (const Migration& step : steps.subspan(static_cast<std::size_t>(schema))) {
    try {
      database.execute(step.sql);
    } catch (const Error& error) {
      throw Error(error.kind(), fmt::format("{} (in migration {})", error.what(), step.name));
    }
  }
  database.execute(
      fmt::format("PRAGMA application_id={}; PRAGMA user_version={};", kApplicationId, newest));
  transaction.commit();
}

}  // namespace twofold::store
