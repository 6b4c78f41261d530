#include "core/store/protein_repository.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/nearest_name.h"

namespace twofold::store {

namespace {

constexpr std::string_view kColumns = "SELECT key, id, name, organism, sequence FROM protein ";

data::Protein proteinFrom(const Statement& row) {
  return {row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
          std::string(row.text(3)), std::string(row.text(4))};
}

}  // namespace

data::ProteinKey ProteinRepository::insert(const data::Protein& protein) {
  if (keyOf(protein.id)) {
    throw Error(ErrorKind::Internal, fmt::format("protein {} is there already", protein.id));
  }
  m_database
      .prepare(
          "INSERT INTO protein (id, name, organism, sequence, sequence_hash, length) "
          "VALUES (?, ?, ?, ?, ?, ?)")
      .bind(1, protein.id)
      .bind(2, protein.name)
      .bind(3, protein.organism)
      .bind(4, protein.sequence)
      .bind(5, sha256(protein.sequence))
      .bind(6, static_cast<std::int64_t>(protein.sequence.size()))
      .run();
  return m_database.lastInsertKey();
}

std::optional<data::ProteinKey> ProteinRepository::keyOf(std::string_view id) {
  Statement row = m_database.prepare("SELECT key FROM protein WHERE id = ?");
  row.bind(1, id);
  if (!row.step()) {
    return std::nullopt;
  }
  return row.integer(0);
}

data::Protein ProteinRepository::byId(const std::string& id) {
  Statement row = m_database.prepare(fmt::format("{}WHERE id = ?", kColumns));
  row.bind(1, id);
  if (row.step()) {
    return proteinFrom(row);
  }
  std::vector<std::string> known;
  for (auto& [key, knownId] : ids()) {
    known.push_back(std::move(knownId));
  }
  throw Error(ErrorKind::NotFound,
              fmt::format("the project has no protein \"{}\"{}", id, didYouMean(id, known)));
}

data::Protein ProteinRepository::byKey(data::ProteinKey key) {
  Statement row = m_database.prepare(fmt::format("{}WHERE key = ?", kColumns));
  row.bind(1, key);
  if (!row.step()) {
    throw Error(ErrorKind::NotFound, fmt::format("the project has no protein number {}", key));
  }
  return proteinFrom(row);
}

std::vector<std::pair<data::ProteinKey, std::string>> ProteinRepository::ids() {
  std::vector<std::pair<data::ProteinKey, std::string>> all;
  Statement row = m_database.prepare("SELECT key, id FROM protein ORDER BY key");
  while (row.step()) {
    all.emplace_back(row.integer(0), row.text(1));
  }
  return all;
}

std::vector<ProteinIdentity> ProteinRepository::identities() {
  std::vector<ProteinIdentity> all;
  Statement row = m_database.prepare("SELECT key, id, sequence_hash FROM protein ORDER BY key");
  while (row.step()) {
    all.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2))});
  }
  return all;
}

std::vector<data::ProteinSummary> ProteinRepository::summaries() {
  std::vector<data::ProteinSummary> all;
  Statement row = m_database.prepare(
      "SELECT key, id, name, organism, length, "
      "EXISTS (SELECT 1 FROM structure_chain WHERE protein_key = protein.key) "
      "FROM protein ORDER BY key");
  while (row.step()) {
    all.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                   std::string(row.text(3)), static_cast<std::int32_t>(row.integer(4)),
                   row.integer(5) != 0});
  }
  return all;
}

std::vector<data::Protein> ProteinRepository::load(std::span<const data::ProteinKey> keys) {
  std::vector<data::Protein> proteins;
  proteins.reserve(keys.size());
  Statement row = m_database.prepare(fmt::format("{}WHERE key = ?", kColumns));
  for (const data::ProteinKey key : keys) {
    row.bind(1, key);
    if (!row.step()) {
      throw Error(ErrorKind::NotFound, fmt::format("the project has no protein number {}", key));
    }
    proteins.push_back(proteinFrom(row));
    row.reset();
  }
  return proteins;
}

void ProteinRepository::setCreated(data::ProteinKey key, const std::string& date) {
  m_database.prepare("INSERT OR REPLACE INTO entry_date (protein_key, created) VALUES (?, ?)")
      .bind(1, key)
      .bind(2, date)
      .run();
}

std::map<data::ProteinKey, std::string> ProteinRepository::created() {
  std::map<data::ProteinKey, std::string> all;
  Statement row = m_database.prepare("SELECT protein_key, created FROM entry_date");
  while (row.step()) {
    all.emplace(row.integer(0), row.text(1));
  }
  return all;
}

std::int64_t ProteinRepository::count() {
  Statement row = m_database.prepare("SELECT count(*) FROM protein");
  return row.step() ? row.integer(0) : 0;
}

}  // namespace twofold::store
