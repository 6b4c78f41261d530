// Which columns of a delimited pair file hold the two ids and the label, and whether its first
// line is a header.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/formats/pair_table.h"

namespace twofold::formats {

struct PairColumns {
  std::size_t a = 0;  // 0-based
  std::size_t b = 1;
  std::optional<std::size_t> label;
  bool header = false;
  /// No label only because the first line ends before it: a longer line later is an error.
  bool tooShortForLabel = false;
};

/// Fields of one line without surrounding blanks or double quotes. A space as delimiter stands
/// for any run of blanks.
void splitFields(std::string_view line, char delimiter, std::vector<std::string_view>& fields);

/// Tab, comma, semicolon or space: the first of them that cuts `line` into two or more fields;
/// nothing when none does.
[[nodiscard]] std::optional<char> findDelimiter(std::string_view line);

/// True, false, or nothing when `text` is other than 0, 1, 0.0, 1.0.
[[nodiscard]] std::optional<bool> parseLabel(std::string_view text);

/// Throws Error(BadInput) whose message has no file or line: a named column that is not there
/// (with the nearest name), one column asked for twice, fewer than two columns.
[[nodiscard]] PairColumns findColumns(const std::vector<std::string_view>& first,
                                      const PairTableFormat& format);

}  // namespace twofold::formats
