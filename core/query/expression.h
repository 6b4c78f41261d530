// What a filter or a formula column says, as a tree; GRAMMAR.md is the language.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace twofold::query {

enum class Kind {
  Number,
  Text,
  Name,
  Negate,
  Add,
  Subtract,
  Multiply,
  Divide,
  Call,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  In,       // the first operand, then what it may be
  Like,     // the second operand is the pattern
  LikeAny,  // the same in any case of letters: ilike
  IsNull,
  Not,
  And,
  Or,
};

struct Expression {
  Kind kind = Kind::Number;
  double number = 0;
  std::string text;      // of a text; the name of a column or of a function
  bool negated = false;  // "not in", "not like", "is not null"
  std::vector<Expression> operands;
  std::size_t position = 0;  // of its first character, from 1; 0: not from a text

  /// Whatever the position.
  friend bool operator==(const Expression& a, const Expression& b) {
    return a.kind == b.kind && a.number == b.number && a.text == b.text && a.negated == b.negated &&
           a.operands == b.operands;
  }
};

/// With the fewest brackets; parse() gives the same tree again.
[[nodiscard]] std::string toText(const Expression& expression);

/// The name of a column as it is written: in backticks where it has to be.
[[nodiscard]] std::string nameText(const std::string& name);

/// Every name of a column in it, in their order, also twice.
[[nodiscard]] std::vector<std::string> namesIn(const Expression& expression);

}  // namespace twofold::query
