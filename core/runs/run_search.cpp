#include "core/runs/run_search.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/query/lexer.h"

namespace twofold::runs {

namespace {

bool compares(const query::Token& token) {
  constexpr std::string_view kSigns[] = {"=", "!=", "<", "<=", ">", ">="};
  return token.kind == query::TokenKind::Keyword ||
         (token.kind == query::TokenKind::Symbol &&
          std::find(std::begin(kSigns), std::end(kSigns), token.text) != std::end(kSigns));
}

bool isFilter(std::string_view line) {
  try {
    const auto tokens = query::tokensOf(line);
    return std::any_of(tokens.begin(), tokens.end(), compares);
  } catch (const Error&) {
    return true;
  }
}

}  // namespace

RunSearch searchFrom(std::string_view line) {
  RunSearch search;
  (isFilter(line) ? search.filter : search.words) = line;
  return search;
}

}  // namespace twofold::runs
