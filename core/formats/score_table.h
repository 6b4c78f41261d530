// Score files of other programs: a score a line, with the pair it belongs to or without.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/formats/pair_table.h"

namespace twofold::formats {

struct ScoreTableFormat {
  /// Column names or 1-based numbers of id A, id B and the score, all or none of them; empty: the
  /// layout is told from the first line. A file whose columns are given has no label.
  std::string columnA, columnB, columnScore;
  HeaderRule header = HeaderRule::Auto;
  char delimiter = 0;  // 0: tab, comma, semicolon or space, told from the first line
};

struct ScoreRow {
  std::string_view a;  // empty where the layout has no ids
  std::string_view b;
  double score = 0;  // NaN for an empty cell, NA and nan; may be infinite
  std::optional<bool> label;
  std::size_t line = 0;
};

/// What the first line said of the file.
struct ScoreLayout {
  std::string name;    // "TUnA", "D-SCRIPT", "PLM-interact", "SPRINT", "named columns", …
  bool hasIds = true;  // else a row belongs to the row of the pair file in its place
  bool idsAreSequences = false;
};

/// Known layouts: named columns, among them TUnA's (Protein A, Protein B, T, S, uncertainty) and
/// PLM-interact's (query, text, score: the ids are sequences); without a header D-SCRIPT's (id, id,
/// label, score), three columns (id, id, score), SPRINT's (score, label, no ids) and scores alone,
/// as PLM-interact writes them. Plain or gzip, LF or CRLF. Throws Error(BadInput) as "file:line:
/// reason" for a layout that is none of these or could be two of them, a score that is no number, a
/// label other than 0 or 1, and for three columns whose third holds labels alone.
ScoreLayout readScoreTable(const std::filesystem::path& path, const ScoreTableFormat& format,
                           const std::function<void(const ScoreRow&)>& take,
                           const std::function<void(std::int64_t, std::int64_t)>& consumed = {});

}  // namespace twofold::formats
