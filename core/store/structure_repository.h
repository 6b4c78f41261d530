// Structure files of the project and which protein each chain is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/data/protein.h"
#include "core/store/database.h"

namespace twofold::store {

struct StructureChain {
  std::string chain;  // author chain name
  data::ProteinKey protein = 0;
  std::int32_t residues = 0;
  std::string mapping;  // "DBREF P69905", "sequence", how the protein was found
};

struct StructureInfo {
  std::int64_t key = 0;
  std::string id;  // "2HHB"
  std::string title;
  std::string file;  // relative to the project's structures folder
  bool predicted = false;
  std::vector<StructureChain> chains;
};

/// A structure that shows a pair: both chains in one file.
struct PairStructure {
  std::int64_t structure = 0;
  std::string chainA;
  std::string chainB;
};

class StructureRepository {
 public:
  explicit StructureRepository(Database& database) : m_database(database) {}

  /// Inside the caller's transaction; replaces a structure of the same id.
  std::int64_t insert(const StructureInfo& info);
  [[nodiscard]] std::vector<StructureInfo> structures();
  /// Throws Error(NotFound).
  [[nodiscard]] StructureInfo structure(std::int64_t key);
  /// The chain with the most residues for a protein, or nothing.
  [[nodiscard]] std::optional<std::pair<std::int64_t, std::string>> bestChain(
      data::ProteinKey protein);
  /// Structures in which both proteins have a chain (two chains for a homomer).
  [[nodiscard]] std::vector<PairStructure> showing(data::ProteinKey a, data::ProteinKey b);
  [[nodiscard]] bool contains(const std::string& id);

 private:
  Database& m_database;
};

}  // namespace twofold::store
