// Reads filters, formula columns and sort orders. Errors are Error(Usage), with the position and
// what was expected there.
#pragma once

#include <string_view>
#include <vector>

#include "core/query/expression.h"

namespace twofold::query {

/// A filter or a formula: which of them it is, its types say when it is evaluated.
[[nodiscard]] Expression parse(std::string_view text);

/// Separated by commas; none for an empty text.
[[nodiscard]] std::vector<Expression> parseColumns(std::string_view text);

struct Sort {
  Expression by;
  bool descending = false;
  friend bool operator==(const Sort&, const Sort&) = default;
};
/// "metrics.auprc desc"; ascending unless it says desc.
[[nodiscard]] Sort parseSort(std::string_view text);
[[nodiscard]] std::string toText(const Sort& sort);

}  // namespace twofold::query
