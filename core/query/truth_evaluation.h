// The truth of a filter for every row: false, unknown or true, as in SQL.
#pragma once

#include <cstdint>
#include <vector>

#include "core/query/columns.h"
#include "core/query/expression.h"

namespace twofold::query {

/// In this order "and" is the least, "or" the greatest of its operands.
enum class Truth : std::uint8_t { False = 0, Unknown = 1, True = 2 };

/// Throws Error(Usage).
[[nodiscard]] std::vector<Truth> truthOf(const Expression& expression, ColumnSource& source);

}  // namespace twofold::query
