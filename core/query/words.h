// The letters, words and symbols of the filter language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/query/expression.h"

namespace twofold::query {

/// Letters are those of ASCII, the underscore and every byte of longer characters.
[[nodiscard]] bool startsName(char c) noexcept;
[[nodiscard]] bool continuesName(char c) noexcept;

/// and, or, not, in, like, ilike, is, null, true, false, asc, desc; in any case of letters.
[[nodiscard]] bool isKeyword(std::string_view word);

[[nodiscard]] std::string inLowerCase(std::string_view text);

/// "=", "+", …; empty for what has no symbol.
[[nodiscard]] std::string_view symbolOf(Kind kind) noexcept;

struct Function {
  std::string name;
  std::size_t fewest = 1;
  std::size_t most = 1;
};
/// abs, log, max, min.
[[nodiscard]] const std::vector<Function>& functions();

}  // namespace twofold::query
