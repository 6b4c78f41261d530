// Rows of a table of the user's on their way to the store, matched with proteins and checked.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/imports/import_report.h"
#include "core/imports/importers.h"
#include "core/store/user_channel_repository.h"

namespace twofold::imports {

class ChannelRows {
 public:
  /// Both outlive it.
  ChannelRows(store::Project& project, const ChannelImport& request, ImportReport& report);

  [[nodiscard]] bool isProtein(std::string_view id) const { return m_known.contains(id); }
  [[nodiscard]] std::size_t proteins() const { return m_known.size(); }

  /// The row of a protein; line 0: none is known.
  void addProtein(std::string_view id, std::span<const float> values, std::size_t line);
  /// One residue's row; `position` from 1.
  void addResidue(std::string_view id, std::int64_t position, std::span<const float> values,
                  std::size_t line);
  /// All residues' rows of a protein.
  void addResidues(std::string_view id, std::int64_t residues, std::span<const float> values);

  /// What is kept, proteins ascending; counts what is not. Throws Error(BadInput) when nothing is.
  [[nodiscard]] store::ChannelValues taken(std::int64_t width);
  /// Ids of the project's proteins without a row, after taken().
  [[nodiscard]] std::vector<std::string> without() const;

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  struct Known {
    data::ProteinKey key = 0;
    std::int64_t length = 0;
  };
  struct Rows {
    std::string id;
    std::vector<float> values;
    std::vector<bool> seen;     // positions of a table of residues
    std::int64_t given = 0;     // rows in the table
    std::size_t line = 0;       // of the first
    std::string finiteProblem;  // where the first NaN or infinity stands
  };

  /// Null for a protein that the project does not know, which is counted.
  const Known* known(std::string_view id, std::size_t line);
  void checkFinite(Rows& rows, std::string_view id, std::span<const float> values,
                   std::size_t line);
  void requireRoom(std::size_t more);
  [[nodiscard]] std::string place(std::string_view id, std::size_t line) const;
  bool isUsable(const Rows& rows, std::int64_t length);

  const ChannelImport& m_request;
  ImportReport& m_report;
  std::string m_file;
  std::unordered_map<std::string, Known, TextHash, std::equal_to<>> m_known;
  std::map<data::ProteinKey, Rows> m_rows;
  std::set<std::string, std::less<>> m_unknown;
  std::int64_t m_numbers = 0;
  std::string m_firstId;
};

/// Columns of `values` that are the same in every row.
[[nodiscard]] std::vector<std::size_t> constantColumns(const store::ChannelValues& values,
                                                       std::int64_t width);
/// `values` without them.
void dropColumns(store::ChannelValues& values, std::int64_t width,
                 std::span<const std::size_t> columns);

}  // namespace twofold::imports
