// Which columns of a score file hold ids, label and score: told from its first line.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/formats/score_table.h"

namespace twofold::formats {

struct ScoreColumns {
  ScoreLayout layout;
  std::size_t a = 0;  // 0-based; without ids, a and b are not looked at
  std::size_t b = 1;
  std::size_t score = 2;
  std::optional<std::size_t> label;
  bool header = false;
};

/// A number, or NaN for an empty cell, "NA", "N/A", "none" and "nan" in any case; nothing for other
/// text.
[[nodiscard]] std::optional<double> parseScore(std::string_view text);

/// Throws Error(BadInput) whose message has no file or line.
[[nodiscard]] ScoreColumns findScoreColumns(const std::vector<std::string_view>& first,
                                            const ScoreTableFormat& format);

}  // namespace twofold::formats
