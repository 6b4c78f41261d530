// A project: one folder with the store, the structure files, the runs and the cache.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/store/database.h"

namespace twofold::store {

class Project {
 public:
  /// Opens a project folder, migrating an older store after a backup. A store made by a newer
  /// version, or a folder that cannot be written, is opened read-only with a reason.
  /// Throws Error(NotFound) when there is no project in the folder.
  [[nodiscard]] static Project open(const std::filesystem::path& folder);
  /// Opens, or creates when the folder is missing or empty. Throws Error(BadInput) for a folder
  /// that holds other things.
  [[nodiscard]] static Project openOrCreate(const std::filesystem::path& folder);

  [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
  [[nodiscard]] std::string name() const { return m_folder.filename().string(); }
  [[nodiscard]] Database& database() { return *m_database; }
  /// Why the project is read-only; empty when it is not.
  [[nodiscard]] const std::string& readOnlyReason() const { return m_readOnlyReason; }

  [[nodiscard]] std::filesystem::path structuresFolder() const { return m_folder / "structures"; }
  [[nodiscard]] std::filesystem::path cacheFolder() const { return m_folder / "cache"; }
  /// The numbers of the user's channels.
  [[nodiscard]] std::filesystem::path channelsFolder() const { return m_folder / "channels"; }
  /// runs/<id>: events.jsonl, log.txt, checkpoints.
  [[nodiscard]] std::filesystem::path runFolder(const std::string& runId) const;

 private:
  Project(std::filesystem::path folder, std::unique_ptr<Database> database, std::string reason);

  std::filesystem::path m_folder;
  std::unique_ptr<Database> m_database;
  std::string m_readOnlyReason;
};

}  // namespace twofold::store
