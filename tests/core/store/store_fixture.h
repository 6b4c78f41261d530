// A store with the newest schema in a folder that is removed afterwards.
#pragma once

#include <memory>
#include <string>

#include "core/store/database.h"
#include "core/store/migrator.h"
#include "core/store/protein_repository.h"
#include "tests/core/base/test_files.h"

namespace twofold::tests {

class StoreFixture {
 public:
  StoreFixture() : m_database(m_folder.path("twofold.sqlite"), store::Access::ReadWrite) {
    store::migrate(m_database);
  }

  [[nodiscard]] store::Database& database() { return m_database; }
  [[nodiscard]] std::filesystem::path path(const std::string& name) const {
    return m_folder.path(name);
  }
  [[nodiscard]] std::filesystem::path storePath() const { return m_folder.path("twofold.sqlite"); }

  /// P0, P1, …: keys 1, 2, ….
  void addProteins(int count) {
    store::Transaction transaction(m_database);
    store::ProteinRepository proteins(m_database);
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(i);
      static_cast<void>(proteins.insert(
          {0, "P" + number, "name " + number, "Homo sapiens", "MKV" + std::string(i + 1, 'A')}));
    }
    transaction.commit();
  }

  std::string integrity() {
    auto check = m_database.prepare("PRAGMA integrity_check");
    return check.step() ? std::string(check.text(0)) : std::string();
  }

 private:
  TestFolder m_folder;
  store::Database m_database;
};

}  // namespace twofold::tests
