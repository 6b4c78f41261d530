// Proteins in the store.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/protein.h"
#include "core/store/database.h"

namespace twofold::store {

/// Enough to tell whether a protein is there already.
struct ProteinIdentity {
  data::ProteinKey key = 0;
  std::string id;
  std::string sequenceHash;  // SHA-256 of the sequence
};

class ProteinRepository {
 public:
  explicit ProteinRepository(Database& database) : m_database(database) {}

  /// Inside the caller's transaction. Throws Error(Internal) when the id exists.
  data::ProteinKey insert(const data::Protein& protein);
  [[nodiscard]] std::optional<data::ProteinKey> keyOf(std::string_view id);
  /// Throws Error(NotFound), naming the nearest id.
  [[nodiscard]] data::Protein byId(const std::string& id);
  [[nodiscard]] data::Protein byKey(data::ProteinKey key);
  /// Keys and ids of all proteins, by key.
  [[nodiscard]] std::vector<std::pair<data::ProteinKey, std::string>> ids();
  /// All proteins, by key.
  [[nodiscard]] std::vector<ProteinIdentity> identities();
  /// Everything but sequences, by key.
  [[nodiscard]] std::vector<data::ProteinSummary> summaries();
  /// All proteins with their sequences, in the order of `keys`. Throws Error(NotFound).
  [[nodiscard]] std::vector<data::Protein> load(std::span<const data::ProteinKey> keys);
  [[nodiscard]] std::int64_t count();

  /// Since when the protein's UniProt entry is there ("1986-07-21"); the last import's stays.
  /// Inside the caller's transaction.
  void setCreated(data::ProteinKey key, const std::string& date);
  /// Of all proteins that have such a date.
  [[nodiscard]] std::map<data::ProteinKey, std::string> created();

 private:
  Database& m_database;
};

}  // namespace twofold::store
