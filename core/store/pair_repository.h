// Pair sets and splits in the store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/data/pair_set.h"
#include "core/data/split.h"
#include "core/store/database.h"

namespace twofold::store {

class PairRepository {
 public:
  explicit PairRepository(Database& database) : m_database(database) {}

  /// Throws Error(Usage) when a set has this name or the name is empty: to ask before long work.
  void requireFreeName(const std::string& name);
  /// Inside the caller's transaction. Throws Error(Usage) when the name is taken.
  std::int64_t insertSet(const std::string& name, const std::string& source,
                         const data::Pairs& pairs);
  [[nodiscard]] std::vector<data::PairSetInfo> sets();
  /// Throws Error(NotFound), naming the nearest.
  [[nodiscard]] data::PairSetInfo set(const std::string& name);
  [[nodiscard]] data::Pairs pairs(std::int64_t setKey);

  /// Inside the caller's transaction. Throws Error(Usage) when the name is taken for the set.
  std::int64_t insertSplit(const std::string& name, std::int64_t setKey, const data::Split& split);
  [[nodiscard]] std::vector<data::SplitInfo> splits();
  /// Throws Error(NotFound), naming the nearest.
  [[nodiscard]] data::SplitInfo splitInfo(const std::string& pairSet, const std::string& name);
  [[nodiscard]] data::Split split(std::int64_t splitKey);

 private:
  Database& m_database;
};

}  // namespace twofold::store
