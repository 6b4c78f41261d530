// Filters and formulas over the columns of a table, a whole column at a time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/query/columns.h"
#include "core/query/expression.h"
#include "core/query/parser.h"

namespace twofold::query {

/// The rows for which the filter is true, ascending. As in SQL, what compares with something
/// missing is neither true nor false, so that "not" does not make it true. Throws Error(Usage) with
/// the position: unknown names, text beside numbers, a formula in place of a filter.
[[nodiscard]] std::vector<std::uint32_t> matchingRows(const Expression& filter,
                                                      ColumnSource& source);

/// The value of a name, a number or a formula for every row; results that are no finite number are
/// missing. Throws Error(Usage).
[[nodiscard]] Column valuesOf(const Expression& expression, ColumnSource& source);

/// `rows` in the order of `values`, what is missing last in either direction, later rows before
/// earlier ones of the same value; of more than `limit` the first (0: all).
[[nodiscard]] std::vector<std::uint32_t> inOrder(std::vector<std::uint32_t> rows,
                                                 const Column& values, bool descending,
                                                 std::size_t limit = 0);

}  // namespace twofold::query
