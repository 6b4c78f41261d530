// Named ways to look at the runs: filter, columns and order, as they are written.
#pragma once

#include <string>
#include <vector>

#include "core/store/database.h"

namespace twofold::store {

struct SavedView {
  std::string name;
  std::string filter;   // empty: every run
  std::string columns;  // separated by commas; empty: the usual ones
  std::string sort;     // "metrics.auprc desc"; empty: the newest first
  bool archived = false;

  friend bool operator==(const SavedView&, const SavedView&) = default;
};

class SavedViews {
 public:
  explicit SavedViews(Database& database) : m_database(database) {}

  /// By name.
  [[nodiscard]] std::vector<SavedView> views();
  /// Throws Error(NotFound), naming the nearest.
  [[nodiscard]] SavedView view(const std::string& name);
  /// In place of one of the same name. Throws Error(Usage) for an empty name.
  void save(const SavedView& view);
  /// Throws Error(NotFound), naming the nearest.
  void remove(const std::string& name);

 private:
  Database& m_database;
};

}  // namespace twofold::store
