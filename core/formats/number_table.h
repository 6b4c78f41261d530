// Delimited tables of numbers, plain or gzip: a row a protein, or a row a residue.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace twofold::formats {

/// One row, valid during the call. A cell that is empty or says NA or NaN is not a number (NaN); a
/// number beyond a float's range is infinite.
struct NumberRow {
  std::string_view id;
  std::int64_t position = 0;  // of a residue, from 1; 0 in a table of proteins
  std::span<const float> values;
  std::size_t line = 0;
};

struct NumberTableFormat {
  bool perResidue = false;       // id, position, numbers; else id, numbers
  std::int64_t widest = 16'384;  // numbers a row
  /// Tells whether the first line, when it holds other text than numbers, is a row or a header.
  std::function<bool(std::string_view id)> isKnownId;
};

struct NumberTable {
  std::vector<std::string> columns;  // names of the numbers; empty without a header
  std::int64_t width = 0;
};

/// Fields lie between tabs, commas, semicolons or blanks: the first of them that the first line
/// has. The first line is a header when its id is none that is known and a field after it is no
/// number, or its id is a word like "id" or "protein". Blank lines are passed over. Throws
/// Error(BadInput) as "file:line: reason" for a row of another width, a cell that is neither number
/// nor missing, no rows, or too many columns; NotFound. `consumed` hears bytes read and in all.
NumberTable readNumberTable(const std::filesystem::path& path, const NumberTableFormat& format,
                            const std::function<void(const NumberRow&)>& take,
                            const std::function<void(std::int64_t, std::int64_t)>& consumed = {});

}  // namespace twofold::formats
