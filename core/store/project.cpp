#include "core/store/project.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/store/migrator.h"

namespace twofold::store {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStoreName = "twofold.sqlite";

fs::path storeIn(const fs::path& folder) {
  return folder / kStoreName;
}

/// "runs/…" would otherwise have an empty name() for "runs/".
fs::path withoutTrailingSlash(const fs::path& folder) {
  std::error_code error;
  fs::path absolute = fs::absolute(folder, error).lexically_normal();
  return absolute.has_filename() ? absolute : absolute.parent_path();
}

bool canWrite(const fs::path& folder) {
  return ::access(folder.c_str(), W_OK) == 0 && ::access(storeIn(folder).c_str(), W_OK) == 0;
}

/// Empty when this program may write the store.
std::string reasonNotToWrite(const fs::path& folder, std::int64_t schema) {
  if (schema > knownSchema()) {
    return fmt::format("made by a newer version (schema {}, this program knows {})", schema,
                       knownSchema());
  }
  if (!canWrite(folder)) {
    if (schema < knownSchema()) {
      throw Error(ErrorKind::Io,
                  fmt::format("{}: the project is of an older version and the folder "
                              "cannot be written, so it cannot be brought up to date; "
                              "copy it to a place that you can write",
                              folder.string()));
    }
    return "the folder cannot be written";
  }
  return {};
}

std::unique_ptr<Database> openReadOnly(const fs::path& folder) {
  return std::make_unique<Database>(storeIn(folder), Access::ReadOnly);
}

void makeSubfolders(const fs::path& folder) {
  for (const char* name : {"structures", "channels", "cache", "runs"}) {
    makeFolders(folder / name);
  }
}

}  // namespace

Project::Project(fs::path folder, std::unique_ptr<Database> database, std::string reason)
    : m_folder(std::move(folder)),
      m_database(std::move(database)),
      m_readOnlyReason(std::move(reason)) {}

Project Project::open(const fs::path& given) {
  const fs::path folder = withoutTrailingSlash(given);
  std::error_code error;
  if (!fs::is_regular_file(storeIn(folder), error)) {
    throw Error(ErrorKind::NotFound, fmt::format("{}: there is no project in this folder ({} is "
                                                 "missing); choose another or create one",
                                                 folder.string(), kStoreName));
  }
  // Read-only first: a store of a newer version must not change by a byte.
  auto database = openReadOnly(folder);
  const std::int64_t schema = schemaOf(*database);
  const std::string reason = reasonNotToWrite(folder, schema);
  if (reason.empty()) {
    database = std::make_unique<Database>(storeIn(folder), Access::ReadWrite);
    if (schema < knownSchema()) {
      migrate(*database);
    }
    makeSubfolders(folder);
  }
  return {folder, std::move(database), reason};
}

Project Project::openOrCreate(const fs::path& given) {
  const fs::path folder = withoutTrailingSlash(given);
  std::error_code error;
  if (fs::is_regular_file(storeIn(folder), error)) {
    return open(folder);
  }
  if (fs::exists(folder, error) && !fs::is_directory(folder, error)) {
    throw Error(ErrorKind::BadInput,
                fmt::format("{}: this is a file; a project is a folder", folder.string()));
  }
  if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
    throw Error(ErrorKind::BadInput,
                fmt::format("{}: the folder holds other things and no project; choose an empty or "
                            "a new folder",
                            folder.string()));
  }
  makeFolders(folder);
  auto database = std::make_unique<Database>(storeIn(folder), Access::ReadWrite);
  migrate(*database);
  makeSubfolders(folder);
  return {folder, std::move(database), {}};
}

fs::path Project::runFolder(const std::string& runId) const {
  const bool safe = !runId.empty() && std::all_of(runId.begin(), runId.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
  if (!safe) {
    throw Error(ErrorKind::Usage, fmt::format("\"{}\" is not a run id", runId));
  }
  return m_folder / "runs" / runId;
}

}  // namespace twofold::store
