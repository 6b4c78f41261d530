// Rows of pair files with their ids turned into proteins of the project, and what was left out.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/data/left_out.h"
#include "core/data/pair_set.h"
#include "core/data/split.h"
#include "core/formats/pair_table.h"
#include "core/imports/import_report.h"
#include "core/imports/importers.h"

namespace twofold::imports {

/// Pairs in file order with the part they came from.
struct ResolvedPairs {
  data::Pairs pairs;
  std::vector<data::Part> parts;
  std::vector<data::LeftOutRow> leftOut;  // but those of unknown proteins
};

class PairResolver {
 public:
  /// `project` gives the proteins; nothing is written.
  PairResolver(store::Project& project, const formats::PairTableFormat& format, const Watch& watch);

  /// `label`: of every row, in place of what a column says. Throws Error on a broken file,
  /// StopRequested.
  void read(const std::filesystem::path& file, data::Part part, std::optional<bool> label = {});

  /// Counts into `report` what cannot be used. Throws Error(BadInput) when no pair is left.
  [[nodiscard]] ResolvedPairs finish(ImportReport& report);

 private:
  struct Row {
    data::Pair pair;
    std::uint32_t file = 0;
    std::uint32_t line = 0;
    data::Part part = data::Part::None;
  };

  void add(const formats::PairRow& row, data::Part part);
  std::string place(const Row& row) const;
  std::string describe(const Row& row) const;

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  formats::PairTableFormat m_format;
  const Watch& m_watch;
  std::unordered_map<std::string, data::ProteinKey, TextHash, std::equal_to<>> m_keys;
  std::unordered_map<data::ProteinKey, std::string> m_ids;
  std::vector<std::string> m_files;
  std::vector<Row> m_rows;
  std::vector<data::LeftOutRow> m_leftOut;
  ImportReport m_report;
};

}  // namespace twofold::imports
