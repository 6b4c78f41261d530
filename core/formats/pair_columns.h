// Which columns of a delimited pair file hold the two ids and the label, and whether its first
// line is a header.
#pragma once

#include <optional>
#include <string>
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

/// Lower-case letters and digits only, so that "Protein_A" and "protein a" are one name.
[[nodiscard]] std::string plainName(std::string_view text);

/// "protein_a", "ID1", "Interactor A" and the like, and the same for the second id.
[[nodiscard]] bool namesFirstId(std::string_view field);
[[nodiscard]] bool namesSecondId(std::string_view field);
/// "label", "interaction", "class" and the like.
[[nodiscard]] bool namesLabel(std::string_view field);

/// The place of a column that was asked for by its name or, from 1, its number. Throws
/// Error(BadInput) whose message has no file or line, naming the nearest.
[[nodiscard]] std::size_t givenColumn(const std::string& column,
                                      const std::vector<std::string_view>& first, bool header);

/// Whether a column is asked for by number.
[[nodiscard]] bool isColumnNumber(const std::string& column);

/// True, false, or nothing when `text` is other than 0, 1, 0.0, 1.0.
[[nodiscard]] std::optional<bool> parseLabel(std::string_view text);

/// Throws Error(BadInput) whose message has no file or line: a named column that is not there
/// (with the nearest name), one column asked for twice, fewer than two columns.
[[nodiscard]] PairColumns findColumns(const std::vector<std::string_view>& first,
                                      const PairTableFormat& format);

}  // namespace twofold::formats
