#include "core/query/words.h"

#include <algorithm>
#include <array>

namespace twofold::query {

bool startsName(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool continuesName(char c) noexcept {
  return startsName(c) || (c >= '0' && c <= '9') || c == '.' || c == ':';
}

std::string inLowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') {
      c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return lower;
}

bool isKeyword(std::string_view word) {
  constexpr std::array<std::string_view, 12> kWords = {
      "and", "or", "not", "in", "like", "ilike", "is", "null", "true", "false", "asc", "desc"};
  return std::find(kWords.begin(), kWords.end(), inLowerCase(word)) != kWords.end();
}

std::string_view symbolOf(Kind kind) noexcept {
  switch (kind) {
    case Kind::Add:
      return "+";
    case Kind::Subtract:
      return "-";
    case Kind::Multiply:
      return "*";
    case Kind::Divide:
      return "/";
    case Kind::Equal:
      return "=";
    case Kind::NotEqual:
      return "!=";
    case Kind::Less:
      return "<";
    case Kind::LessEqual:
      return "<=";
    case Kind::Greater:
      return ">";
    case Kind::GreaterEqual:
      return ">=";
    default:
      return {};
  }
}

const std::vector<Function>& functions() {
  static const std::vector<Function> all = {
      {"abs", 1, 1}, {"log", 1, 1}, {"max", 2, 100}, {"min", 2, 100}};
  return all;
}

}  // namespace twofold::query
