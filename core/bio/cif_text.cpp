#include "core/bio/cif_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/base/numbers.h"

namespace twofold::bio {

namespace {

constexpr std::string_view kBlank = " \t\r\n";

bool isBlank(char c) {
  return kBlank.find(c) != std::string_view::npos;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

bool startsWith(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(),
                    [](char left, char right) { return left == lower(right); });
}

struct Token {
  enum class Kind { Data, Loop, Reserved, Tag, Value };
  Kind kind = Kind::Value;
  std::string_view text;
  std::size_t line = 0;
};

class Tokens {
 public:
  Tokens(std::string_view text, std::string_view file) : m_text(text), m_file(file) {}

  std::optional<Token> next() {
    skipBlanks();
    if (m_at == m_text.size()) {
      return std::nullopt;
    }
    const char first = m_text[m_at];
    if (first == ';' && (m_at == 0 || m_text[m_at - 1] == '\n')) {
      return textField();
    }
    if (first == '\'' || first == '"') {
      return quoted(first);
    }
    const std::size_t end = std::min(m_text.find_first_of(kBlank, m_at), m_text.size());
    Token token{Token::Kind::Value, m_text.substr(m_at, end - m_at), m_line};
    m_at = end;
    token.kind = kindOf(token.text);
    return token;
  }

  [[nodiscard]] Error wrong(std::size_t line, std::string_view reason) const {
    return badInput(m_file, line, reason);
  }
  [[nodiscard]] std::size_t line() const { return m_line; }

 private:
  static Token::Kind kindOf(std::string_view word) {
    if (word.front() == '_') {
      return Token::Kind::Tag;
    }
    if (startsWith(word, "data_")) {
      return Token::Kind::Data;
    }
    if (startsWith(word, "loop_") && word.size() == 5) {
      return Token::Kind::Loop;
    }
    if (startsWith(word, "save_") || startsWith(word, "stop_") || startsWith(word, "global_")) {
      return Token::Kind::Reserved;
    }
    return Token::Kind::Value;
  }

  void skipBlanks() {
    for (; m_at < m_text.size(); ++m_at) {
      if (m_text[m_at] == '#') {
        m_at = std::min(m_text.find('\n', m_at), m_text.size());
        if (m_at == m_text.size()) {
          return;
        }
      }
      if (!isBlank(m_text[m_at])) {
        return;
      }
      m_line += m_text[m_at] == '\n' ? 1 : 0;
    }
  }

  Token textField() {
    const std::size_t end = m_text.find("\n;", m_at);
    if (end == std::string_view::npos) {
      throw wrong(m_line, "the text that starts here with \";\" does not end");
    }
    const Token token{Token::Kind::Value, m_text.substr(m_at, end + 2 - m_at), m_line};
    m_line += static_cast<std::size_t>(std::count(token.text.begin(), token.text.end(), '\n'));
    m_at = end + 2;
    return token;
  }

  Token quoted(char quote) {
    for (std::size_t i = m_at + 1; i < m_text.size() && m_text[i] != '\n'; ++i) {
      if (m_text[i] == quote && (i + 1 == m_text.size() || isBlank(m_text[i + 1]))) {
        const Token token{Token::Kind::Value, m_text.substr(m_at, i + 1 - m_at), m_line};
        m_at = i + 1;
        return token;
      }
    }
    throw wrong(m_line, fmt::format("the text in {} does not end in its line", quote));
  }

  std::string_view m_text;
  std::string_view m_file;
  std::size_t m_at = 0;
  std::size_t m_line = 1;
};

class Reader {
 public:
  Reader(std::string_view text, std::string_view file, std::span<const std::string_view> wanted)
      : m_tokens(text, file), m_wanted(wanted) {}

  CifBlock result() {
    m_token = m_tokens.next();
    if (!m_token || m_token->kind != Token::Kind::Data) {
      throw m_tokens.wrong(m_token ? m_token->line : 0, "a \"data_\" line was expected");
    }
    m_block.name = m_token->text.substr(5);
    m_token = m_tokens.next();
    while (m_token && m_token->kind != Token::Kind::Data) {
      if (m_token->kind == Token::Kind::Loop) {
        readLoop();
      } else if (m_token->kind == Token::Kind::Tag) {
        readPair();
      } else {
        throw m_tokens.wrong(m_token->line, fmt::format("\"{}\" stands where a tag was expected",
                                                        m_token->text.substr(0, 40)));
      }
    }
    return std::move(m_block);
  }

 private:
  bool isWanted(std::string_view tag) const {
    return std::any_of(m_wanted.begin(), m_wanted.end(),
                       [tag](std::string_view prefix) { return startsWith(tag, prefix); });
  }

  void keep(CifTable table) {
    for (const auto tag : table.tags) {
      if (!m_seen.insert(lowered(tag)).second) {
        throw m_tokens.wrong(table.line, fmt::format("{} is there twice", tag));
      }
    }
    m_block.tables.push_back(std::move(table));
  }

  void readPair() {
    CifTable table;
    table.tags.push_back(m_token->text);
    table.line = m_token->line;
    m_token = m_tokens.next();
    if (!m_token || m_token->kind != Token::Kind::Value) {
      throw m_tokens.wrong(table.line, fmt::format("{} has no value", table.tags.front()));
    }
    table.values.push_back(m_token->text);
    m_token = m_tokens.next();
    if (isWanted(table.tags.front())) {
      keep(std::move(table));
    }
  }

  void readLoop() {
    CifTable table;
    table.loop = true;
    table.line = m_token->line;
    m_token = m_tokens.next();
    for (; m_token && m_token->kind == Token::Kind::Tag; m_token = m_tokens.next()) {
      table.tags.push_back(m_token->text);
    }
    if (table.tags.empty()) {
      throw m_tokens.wrong(table.line, "the loop has no tags");
    }
    const bool wanted = isWanted(table.tags.front());
    std::size_t count = 0;
    for (; m_token && m_token->kind == Token::Kind::Value; m_token = m_tokens.next()) {
      ++count;
      if (wanted) {
        table.values.push_back(m_token->text);
      }
    }
    if (count % table.tags.size() != 0) {
      throw m_tokens.wrong(
          m_token ? m_token->line : m_tokens.line(),
          fmt::format("the loop of {} from line {} ends inside a row: {} values in {} columns",
                      table.tags.front(), table.line, count, table.tags.size()));
    }
    if (wanted && count != 0) {
      keep(std::move(table));
    }
  }

  Tokens m_tokens;
  std::span<const std::string_view> m_wanted;
  std::optional<Token> m_token;
  std::set<std::string> m_seen;
  CifBlock m_block;
};

}  // namespace

CifBlock readCifBlock(std::string_view text, std::string_view file,
                      std::span<const std::string_view> wanted) {
  return Reader(text, file, wanted).result();
}

namespace {

std::string unquoted(std::string_view value) {
  if (value.size() >= 2 && (value.front() == '\'' || value.front() == '"')) {
    return std::string(value.substr(1, value.size() - 2));
  }
  if (value.size() >= 3 && value.front() == ';' && value.ends_with("\n;")) {
    return std::string(value.substr(1, value.size() - 3));
  }
  return std::string(value);
}

}  // namespace

std::vector<std::string> valuesOf(const CifBlock& block, std::string_view tag) {
  std::vector<std::string> values;
  for (const auto& table : block.tables) {
    const std::size_t width = table.tags.size();
    for (std::size_t column = 0; column < width; ++column) {
      if (lowered(table.tags[column]) != lowered(tag)) {
        continue;
      }
      for (std::size_t i = column; i < table.values.size(); i += width) {
        if (table.values[i] != "?" && table.values[i] != ".") {
          values.push_back(unquoted(table.values[i]));
        }
      }
    }
  }
  return values;
}

void checkCoordinates(const CifBlock& block, std::string_view text, std::string_view file) {
  for (const auto& table : block.tables) {
    const std::size_t width = table.tags.size();
    for (std::size_t column = 0; column < width; ++column) {
      if (!startsWith(table.tags[column], "_atom_site.cartn_") ||
          table.tags[column].size() != std::string_view("_atom_site.Cartn_x").size()) {
        continue;
      }
      for (std::size_t i = column; i < table.values.size(); i += width) {
        // A standard uncertainty may follow in brackets: "12.345(6)".
        const std::string_view number = table.values[i].substr(0, table.values[i].find('('));
        const auto value = parseReal(number.starts_with('+') ? number.substr(1) : number);
        if (!value || !std::isfinite(*value)) {
          const auto before = table.values[i].data() - text.data();
          const auto line = 1 + std::count(text.begin(), text.begin() + before, '\n');
          throw badInput(file, static_cast<std::size_t>(line),
                         fmt::format("{} \"{}\" is no number", table.tags[column],
                                     table.values[i].substr(0, 40)));
        }
      }
    }
  }
}

}  // namespace twofold::bio
