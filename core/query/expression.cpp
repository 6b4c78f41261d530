#include "core/query/expression.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/query/words.h"

namespace twofold::query {

namespace {

/// How tightly an expression holds together; an operand that holds less tightly needs brackets.
int tightness(Kind kind) {
  switch (kind) {
    case Kind::Or:
      return 1;
    case Kind::And:
      return 2;
    case Kind::Not:
      return 3;
    case Kind::Equal:
    case Kind::NotEqual:
    case Kind::Less:
    case Kind::LessEqual:
    case Kind::Greater:
    case Kind::GreaterEqual:
    case Kind::In:
    case Kind::Like:
    case Kind::LikeAny:
    case Kind::IsNull:
      return 4;
    case Kind::Add:
    case Kind::Subtract:
      return 5;
    case Kind::Multiply:
    case Kind::Divide:
      return 6;
    case Kind::Negate:
      return 7;
    case Kind::Number:
    case Kind::Text:
    case Kind::Name:
    case Kind::Call:
      break;
  }
  return 8;
}

std::string quoted(const std::string& text, char quote) {
  std::string all(1, quote);
  for (const char c : text) {
    all += c;
    if (c == quote) {
      all += c;
    }
  }
  return all + quote;
}

std::string operandText(const Expression& operand, int least) {
  return tightness(operand.kind) < least ? "(" + toText(operand) + ")" : toText(operand);
}

std::string joined(const std::vector<Expression>& operands, std::size_t from,
                   std::string_view between, int least) {
  std::string all;
  for (std::size_t i = from; i < operands.size(); ++i) {
    all += (i == from ? "" : std::string(between)) + operandText(operands[i], least);
  }
  return all;
}

/// A chain of one operator to the left: the left operand may be of the same tightness.
std::string binaryText(const Expression& e, std::string_view symbol) {
  const int own = tightness(e.kind);
  const bool isComparison = own == 4;
  return fmt::format("{} {} {}", operandText(e.operands[0], isComparison ? own + 1 : own), symbol,
                     operandText(e.operands[1], own + 1));
}

}  // namespace

std::string nameText(const std::string& name) {
  const bool isBare = !name.empty() && startsName(name.front()) &&
                      std::all_of(name.begin(), name.end(), continuesName) && !isKeyword(name);
  return isBare ? name : quoted(name, '`');
}

std::string toText(const Expression& e) {
  const std::string no = e.negated ? "not " : "";
  switch (e.kind) {
    case Kind::Number:
      return fmt::format("{}", e.number);
    case Kind::Text:
      return quoted(e.text, '\'');
    case Kind::Name:
      return nameText(e.text);
    case Kind::Negate:
      return "-" + operandText(e.operands[0], tightness(Kind::Negate));
    case Kind::Not:
      return "not " + operandText(e.operands[0], tightness(Kind::Not));
    case Kind::Call:
      return fmt::format("{}({})", e.text, joined(e.operands, 0, ", ", 0));
    case Kind::And:
      return joined(e.operands, 0, " and ", tightness(Kind::Not));
    case Kind::Or:
      return joined(e.operands, 0, " or ", tightness(Kind::And));
    case Kind::In:
      return fmt::format("{} {}in ({})", operandText(e.operands[0], 5), no,
                         joined(e.operands, 1, ", ", 0));
    case Kind::IsNull:
      return fmt::format("{} is {}null", operandText(e.operands[0], 5), no);
    case Kind::Like:
      return binaryText(e, no + "like");
    case Kind::LikeAny:
      return binaryText(e, no + "ilike");
    default:
      return binaryText(e, symbolOf(e.kind));
  }
}

std::vector<std::string> namesIn(const Expression& expression) {
  std::vector<std::string> names;
  if (expression.kind == Kind::Name) {
    names.push_back(expression.text);
  }
  for (const auto& operand : expression.operands) {
    const auto more = namesIn(operand);
    names.insert(names.end(), more.begin(), more.end());
  }
  return names;
}

}  // namespace twofold::query
