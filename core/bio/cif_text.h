// The values of an mmCIF file as views into its text (STAR syntax of CIF 1.1).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace twofold::bio {

/// One loop, or one tag with its value.
struct CifTable {
  std::vector<std::string_view> tags;
  std::vector<std::string_view> values;  // row-major, with their quotes or semicolons
  std::size_t line = 0;                  // where it starts
  bool loop = false;
};

struct CifBlock {
  std::string_view name;  // behind "data_"
  std::vector<CifTable> tables;
};

/// The first data block's tables whose tags start with one of `wanted` (lower case); the rest is
/// checked for its syntax and dropped. The views live as long as `text`. Throws Error(BadInput)
/// as "file:line: reason".
[[nodiscard]] CifBlock readCifBlock(std::string_view text, std::string_view file,
                                    std::span<const std::string_view> wanted);

/// The values of one tag in their order, without quotes, "?" and "." left out; none where the tag
/// is not there. `tag` as the dictionary writes it.
[[nodiscard]] std::vector<std::string> valuesOf(const CifBlock& block, std::string_view tag);

/// Throws Error(BadInput) with the line of the first atom whose coordinates are no numbers.
void checkCoordinates(const CifBlock& block, std::string_view text, std::string_view file);

}  // namespace twofold::bio
