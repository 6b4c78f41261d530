#include "core/store/run_tracking.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/store/run_repository.h"
#include "core/store/run_values.h"

namespace twofold::store {

namespace {

constexpr std::string_view kTags = "tags.";

void checkTagName(const std::string& name) {
  if (name.empty() || name.find_first_of("\n\r\t") != std::string::npos) {
    throw Error(ErrorKind::Usage,
                "the name of a tag is one line of text, as in fold=3; it is not empty");
  }
}

}  // namespace

std::int64_t RunTracking::keyOf(const std::string& id) {
  return RunRepository(m_database).keyOf(id);
}

RunValueMap RunTracking::values(const std::string& id) {
  return RunValues(m_database).of(keyOf(id));
}

void RunTracking::record(const std::string& id, const RunValueMap& valuesByColumn) {
  Transaction transaction(m_database);
  const auto key = keyOf(id);
  RunValues values(m_database);
  for (const auto& [column, value] : valuesByColumn) {
    values.set(key, column, value);
  }
  transaction.commit();
}

void RunTracking::setParameters(const std::string& id, const RunValueMap& parameters) {
  Transaction transaction(m_database);
  RunValues(m_database).replace(keyOf(id), "params.", parameters);
  transaction.commit();
}

void RunTracking::setTags(const std::string& id, const std::map<std::string, std::string>& tags) {
  RunValueMap values;
  for (const auto& [name, text] : tags) {
    checkTagName(name);
    values.emplace(std::string(kTags) + name, text);
  }
  record(id, values);
}

void RunTracking::removeTag(const std::string& id, const std::string& name) {
  Transaction transaction(m_database);
  const auto key = keyOf(id);
  RunValues values(m_database);
  if (!values.remove(key, std::string(kTags) + name)) {
    std::vector<std::string> names;
    for (const auto& [column, value] : values.of(key)) {
      if (column.starts_with(kTags)) {
        names.push_back(column.substr(kTags.size()));
      }
    }
    throw Error(ErrorKind::NotFound,
                fmt::format("run {} has no tag \"{}\"{}", id, name, didYouMean(name, names)));
  }
  transaction.commit();
}

void RunTracking::setText(const char* sql, const std::string& id, const std::string& text) {
  Transaction transaction(m_database);
  m_database.prepare(sql).bind(1, keyOf(id)).bind(2, text).run();
  transaction.commit();
}

void RunTracking::setNote(const std::string& id, const std::string& note) {
  setText("UPDATE run SET note = ?2 WHERE key = ?1", id, note);
}

void RunTracking::setParent(const std::string& id, const std::string& parent) {
  setText("UPDATE run SET parent = ?2 WHERE key = ?1", id, parent);
}

void RunTracking::setFlag(const char* sql, std::span<const std::string> ids, bool on) {
  Transaction transaction(m_database);
  Statement update = m_database.prepare(sql);
  for (const auto& id : ids) {
    update.bind(1, keyOf(id)).bind(2, std::int64_t{on ? 1 : 0}).run();
  }
  transaction.commit();
}

void RunTracking::setFavourite(std::span<const std::string> ids, bool favourite) {
  setFlag("UPDATE run SET favourite = ?2 WHERE key = ?1", ids, favourite);
}

void RunTracking::setArchived(std::span<const std::string> ids, bool archived) {
  setFlag("UPDATE run SET archived = ?2 WHERE key = ?1", ids, archived);
}

void RunTracking::setBaseline(const std::string& id) {
  Transaction transaction(m_database);
  m_database
      .prepare("INSERT OR REPLACE INTO baseline SELECT experiment, key FROM run WHERE key = ?")
      .bind(1, keyOf(id))
      .run();
  transaction.commit();
}

void RunTracking::clearBaseline(const std::string& experiment) {
  Transaction transaction(m_database);
  m_database.prepare("DELETE FROM baseline WHERE experiment = ?").bind(1, experiment).run();
  transaction.commit();
}

std::map<std::string, std::int64_t> RunTracking::baselines() {
  std::map<std::string, std::int64_t> all;
  Statement row = m_database.prepare("SELECT experiment, run_key FROM baseline");
  while (row.step()) {
    all.emplace(row.text(0), row.integer(1));
  }
  return all;
}

std::vector<StatusChange> RunTracking::history(const std::string& id) {
  return historyOf(m_database, keyOf(id));
}

void RunTracking::putArtifacts(const std::string& id, const std::string& prefix,
                               std::span<const Artifact> artifacts) {
  Transaction transaction(m_database);
  const auto key = keyOf(id);
  m_database.prepare("DELETE FROM artifact WHERE run_key = ?1 AND substr(name, 1, length(?2)) = ?2")
      .bind(1, key)
      .bind(2, prefix)
      .run();
  Statement insert =
      m_database.prepare("INSERT OR REPLACE INTO artifact VALUES (?, ?, ?, ?, ?, ?)");
  for (const auto& artifact : artifacts) {
    insert.bind(1, key)
        .bind(2, artifact.name)
        .bind(3, artifact.path)
        .bind(4, artifact.bytes)
        .bind(5, artifact.hash)
        .bind(6, secondsNow())
        .run();
  }
  transaction.commit();
}

std::vector<Artifact> RunTracking::artifacts(const std::string& id) {
  std::vector<Artifact> all;
  Statement row = m_database.prepare(
      "SELECT name, path, bytes, hash, at FROM artifact WHERE run_key = ? ORDER BY name");
  row.bind(1, keyOf(id));
  while (row.step()) {
    all.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2),
                   std::string(row.text(3)), row.integer(4)});
  }
  return all;
}

}  // namespace twofold::store
