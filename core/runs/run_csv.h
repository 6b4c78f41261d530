// Tables as CSV (RFC 4180) that no spreadsheet takes for formulas.
#pragma once

#include <string>
#include <string_view>

#include "core/runs/run_table.h"

namespace twofold::runs {

/// A text as a field: quoted where it must be, and with an apostrophe before a character that would
/// make it a formula.
[[nodiscard]] std::string csvField(std::string_view text);

/// A header, then a line a run: its id and the columns. Numbers are in full.
[[nodiscard]] std::string toCsv(const RunTable& table);

}  // namespace twofold::runs
