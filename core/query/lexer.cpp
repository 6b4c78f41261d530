#include "core/query/lexer.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "core/base/numbers.h"
#include "core/query/words.h"

namespace twofold::query {

namespace {

constexpr std::size_t kLongest = 10'000;  // characters

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool isSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : m_text(text) {}

  std::vector<Token> tokens() {
    std::vector<Token> all;
    do {
      all.push_back(next());
    } while (all.back().kind != TokenKind::End);
    return all;
  }

 private:
  [[nodiscard]] char at(std::size_t place) const {
    return place < m_text.size() ? m_text[place] : '\0';
  }

  Token next() {
    while (isSpace(at(m_place)) && m_place < m_text.size()) {
      ++m_place;
    }
    m_start = m_place;
    if (m_place >= m_text.size()) {
      return token(TokenKind::End, {});
    }
    const char c = at(m_place);
    if (c == '\'' || c == '"') {
      return token(TokenKind::Text, quoted(c));
    }
    if (isDigit(c) || (c == '.' && isDigit(at(m_place + 1)))) {
      return numberToken();
    }
    return startsName(c) || c == '`' ? nameToken() : symbolToken();
  }

  [[nodiscard]] Token token(TokenKind kind, std::string text) const {
    return {kind, std::move(text), 0, m_start + 1};
  }

  /// From the opening quote to the closing one; a quote inside is written twice.
  std::string quoted(char quote) {
    const std::size_t open = m_place++;
    std::string inside;
    while (m_place < m_text.size()) {
      const char c = m_text[m_place++];
      if (c == quote && at(m_place) != quote) {
        return inside;
      }
      m_place += c == quote ? 1 : 0;
      inside += c;
    }
    throw queryError(open + 1, fmt::format("the quote {} is not closed", quote));
  }

  Token numberToken() {
    const auto digits = [this] {
      while (isDigit(at(m_place))) {
        ++m_place;
      }
    };
    digits();
    if (at(m_place) == '.') {
      ++m_place;
      digits();
    }
    if (at(m_place) == 'e' || at(m_place) == 'E') {
      const bool isSigned = at(m_place + 1) == '-' || at(m_place + 1) == '+';
      if (isDigit(at(m_place + (isSigned ? 2 : 1)))) {
        m_place += isSigned ? 2 : 1;
        digits();
      }
    }
    const std::string text(m_text.substr(m_start, m_place - m_start));
    // from_chars takes no sign before the exponent's digits but '-'.
    std::string plain = text;
    std::erase(plain, '+');
    const auto value = parseReal(plain);
    if (!value || !std::isfinite(*value)) {
      throw queryError(m_start + 1, fmt::format("{} is too large or too small a number", text));
    }
    if (continuesName(at(m_place)) && m_place < m_text.size()) {
      throw queryError(m_start + 1, fmt::format("expected a number; text is written in quotes, "
                                                "names that begin with a digit in `backticks`"));
    }
    Token number = token(TokenKind::Number, text);
    number.number = *value;
    return number;
  }

  Token nameToken() {
    std::string name;
    bool isQuoted = false;
    while (m_place < m_text.size() && (continuesName(at(m_place)) || at(m_place) == '`')) {
      if (at(m_place) == '`') {
        isQuoted = true;
        name += quoted('`');
      } else {
        name += m_text[m_place++];
      }
    }
    if (name.empty()) {
      throw queryError(m_start + 1, "a name is missing between the backticks");
    }
    return !isQuoted && isKeyword(name) ? token(TokenKind::Keyword, inLowerCase(name))
                                        : token(TokenKind::Name, name);
  }

  Token symbolToken() {
    const std::string two(m_text.substr(m_place, 2));
    if (two == "!=" || two == "<=" || two == ">=" || two == "==" || two == "<>") {
      m_place += 2;
      return token(TokenKind::Symbol, two == "==" ? "=" : two == "<>" ? "!=" : two);
    }
    const char c = m_text[m_place++];
    if (std::string_view("=<>+-*/(),").find(c) == std::string_view::npos) {
      const bool isPlain = c > ' ' && c < 0x7f;
      throw queryError(m_start + 1,
                       isPlain ? fmt::format("\"{}\" has no meaning here", c)
                               : fmt::format("a character of code {} has no meaning here",
                                             static_cast<int>(static_cast<unsigned char>(c))));
    }
    return token(TokenKind::Symbol, std::string(1, c));
  }

  std::string_view m_text;
  std::size_t m_place = 0;
  std::size_t m_start = 0;
};

}  // namespace

Error queryError(std::size_t position, std::string_view reason) {
  return {ErrorKind::Usage,
          position == 0 ? std::string(reason) : fmt::format("character {}: {}", position, reason)};
}

std::vector<Token> tokensOf(std::string_view text) {
  if (text.size() > kLongest) {
    throw queryError(kLongest + 1, fmt::format("the text is longer than {} characters", kLongest));
  }
  return Lexer(text).tokens();
}

}  // namespace twofold::query
