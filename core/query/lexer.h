// A filter cut into words, numbers, texts and symbols.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace twofold::query {

enum class TokenKind { Number, Text, Name, Keyword, Symbol, End };

struct Token {
  TokenKind kind = TokenKind::End;
  std::string text;  // without quotes; keywords in lower case
  double number = 0;
  std::size_t position = 1;  // of its first character (byte), from 1
};

/// "character 9: reason".
[[nodiscard]] Error queryError(std::size_t position, std::string_view reason);

/// The last token is End. Throws Error(Usage) for an unclosed quote, a character that is none of
/// the language, a number beyond doubles, or more than 10,000 characters.
[[nodiscard]] std::vector<Token> tokensOf(std::string_view text);

}  // namespace twofold::query
