// The rows of a score file, each with the proteins it speaks of.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/data/protein.h"
#include "core/imports/score_matching.h"
#include "core/store/project.h"

namespace twofold::imports {

/// Proteins by id, or by sequence, which several may share.
class ProteinNames {
 public:
  explicit ProteinNames(store::Project& project);

  /// Empty when there is none.
  [[nodiscard]] std::vector<data::ProteinKey> find(std::string_view name, bool isSequence);
  [[nodiscard]] const std::string& idOf(data::ProteinKey key) const { return m_ids.at(key); }

 private:
  void readSequences();

  store::Project& m_project;
  std::unordered_map<std::string, data::ProteinKey> m_keys;
  std::unordered_map<data::ProteinKey, std::string> m_ids;
  std::unordered_map<std::string, std::vector<data::ProteinKey>> m_sequences;
};

struct ScoredRow {
  std::vector<data::ProteinKey> a;  // empty: unknown
  std::vector<data::ProteinKey> b;
  std::string unknown;  // the first name that is not known
  double score = 0;
  std::optional<bool> label;
  std::size_t line = 0;
};

struct ScoredRows {
  std::string layout;
  std::vector<ScoredRow> rows;
};

/// Throws Error(BadInput) on a broken file, on ids that are missing or not wanted, and when the
/// pair files have another number of rows or other labels than the scores.
[[nodiscard]] ScoredRows readScoredRows(const ScoreImport& request, ProteinNames& names,
                                        const Watch& watch);

}  // namespace twofold::imports
