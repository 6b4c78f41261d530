// What people and programs put down about runs beside their numbers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/store/database.h"
#include "core/store/run_history.h"
#include "core/store/run_parameters.h"

namespace twofold::store {

/// A file that a run made, known by its content.
struct Artifact {
  std::string name;  // "checkpoints/best.safetensors", unique in the run
  std::string path;  // in the project's folder where it lies there, else absolute
  std::int64_t bytes = 0;
  std::string hash;  // SHA-256
  std::int64_t at = 0;
};

/// Each writer takes its own transaction. Runs are named by their ids; Error(NotFound) names the
/// nearest.
class RunTracking {
 public:
  explicit RunTracking(Database& database) : m_database(database) {}

  /// All of a run's values, by the full names of their columns.
  [[nodiscard]] RunValueMap values(const std::string& id);
  /// Puts them beside those that the run has.
  void record(const std::string& id, const RunValueMap& valuesByColumn);
  /// In place of the run's own: with the options that its spec left at their defaults.
  void setParameters(const std::string& id, const RunValueMap& parameters);

  /// Throws Error(Usage) for a name that is empty or has line breaks.
  void setTags(const std::string& id, const std::map<std::string, std::string>& tags);
  /// Throws Error(NotFound), naming the nearest tag.
  void removeTag(const std::string& id, const std::string& name);
  void setNote(const std::string& id, const std::string& note);
  void setParent(const std::string& id, const std::string& parent);
  void setFavourite(std::span<const std::string> ids, bool favourite);
  /// Archived runs are left out of lists; nothing of them is removed.
  void setArchived(std::span<const std::string> ids, bool archived);

  /// The run that the others of its experiment are compared with.
  void setBaseline(const std::string& id);
  void clearBaseline(const std::string& experiment);
  /// Keys of runs, by experiment.
  [[nodiscard]] std::map<std::string, std::int64_t> baselines();

  [[nodiscard]] std::vector<StatusChange> history(const std::string& id);

  /// In place of all whose name begins with `prefix`.
  void putArtifacts(const std::string& id, const std::string& prefix,
                    std::span<const Artifact> artifacts);
  /// By name.
  [[nodiscard]] std::vector<Artifact> artifacts(const std::string& id);

 private:
  [[nodiscard]] std::int64_t keyOf(const std::string& id);
  void setFlag(const char* sql, std::span<const std::string> ids, bool on);
  void setText(const char* sql, const std::string& id, const std::string& text);

  Database& m_database;
};

}  // namespace twofold::store
