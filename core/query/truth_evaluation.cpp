#include "core/query/truth_evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <compare>
#include <optional>

#include "core/query/lexer.h"
#include "core/query/number_evaluation.h"
#include "core/query/text_match.h"
#include "core/query/words.h"

namespace twofold::query {

namespace {

using Truths = std::vector<Truth>;

Truth truth(bool value) {
  return value ? Truth::True : Truth::False;
}

/// Of one order of two values, whatever they are.
bool holds(Kind kind, std::partial_ordering order) {
  switch (kind) {
    case Kind::Equal:
      return std::is_eq(order);
    case Kind::NotEqual:
      return std::is_neq(order);
    case Kind::Less:
      return std::is_lt(order);
    case Kind::LessEqual:
      return std::is_lteq(order);
    case Kind::Greater:
      return std::is_gt(order);
    default:
      return std::is_gteq(order);
  }
}

Truths compareNumbers(Kind kind, const Numbers& a, const Numbers& b, std::size_t rows) {
  Truths all(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const double left = a[row];
    const double right = b[row];
    all[row] =
        std::isnan(left) || std::isnan(right) ? Truth::Unknown : truth(holds(kind, left <=> right));
  }
  return all;
}

/// A predicate of a text, asked once for each text that the column has.
template <class Predicate>
Truths ofTexts(const Column& column, std::size_t rows, const Predicate& predicate) {
  Truths ofText;
  ofText.reserve(column.texts.size());
  for (const auto& text : column.texts) {
    ofText.push_back(truth(predicate(text)));
  }
  Truths all(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto code = column.codes[row];
    all[row] = code < 0 ? Truth::Unknown : ofText[static_cast<std::size_t>(code)];
  }
  return all;
}

/// A name or a text in quotes: nothing else is text.
const Column* columnOf(const Expression& e, ColumnSource& source) {
  return e.kind == Kind::Name ? &columnNamed(e, source) : nullptr;
}

Kind mirrored(Kind kind) {
  switch (kind) {
    case Kind::Less:
      return Kind::Greater;
    case Kind::LessEqual:
      return Kind::GreaterEqual;
    case Kind::Greater:
      return Kind::Less;
    case Kind::GreaterEqual:
      return Kind::LessEqual;
    default:
      return kind;
  }
}

Truths compareTexts(const Expression& e, ColumnSource& source) {
  const auto* left = columnOf(e.operands[0], source);
  const auto* right = columnOf(e.operands[1], source);
  const std::size_t rows = source.rows();
  if (left != nullptr && right != nullptr) {
    Truths all(rows);
    for (std::size_t row = 0; row < rows; ++row) {
      const auto a = left->codes[row];
      const auto b = right->codes[row];
      all[row] = a < 0 || b < 0
                     ? Truth::Unknown
                     : truth(holds(e.kind, left->texts[static_cast<std::size_t>(a)] <=>
                                               right->texts[static_cast<std::size_t>(b)]));
    }
    return all;
  }
  if (left == nullptr && right == nullptr) {
    return Truths(rows, truth(holds(e.kind, e.operands[0].text <=> e.operands[1].text)));
  }
  const Kind kind = left != nullptr ? e.kind : mirrored(e.kind);
  const std::string& text = e.operands[left != nullptr ? 1 : 0].text;
  return ofTexts(left != nullptr ? *left : *right, rows,
                 [&](const std::string& value) { return holds(kind, value <=> text); });
}

bool isNumeric(ValueType type) {
  return type == ValueType::Number || type == ValueType::Time;
}

/// A text beside a time is a date; any other stays what it is.
Numbers numbersBeside(const Expression& e, bool besideTime, ColumnSource& source) {
  if (!besideTime || e.kind != Kind::Text) {
    return numbersOf(e, source);
  }
  if (const auto seconds = secondsFrom(e.text)) {
    return Numbers(static_cast<double>(*seconds));
  }
  throw queryError(e.position, fmt::format("\"{}\" is no time; write '2026-11-26' or "
                                           "'2026-11-26 14:30', in UTC",
                                           e.text));
}

Error mismatch(const Expression& a, ValueType typeA, const Expression& b, ValueType typeB) {
  return queryError(b.position, fmt::format("{} is {} and cannot be compared with {}, which is {}",
                                            toText(a), words(typeA), toText(b), words(typeB)));
}

Truths compare(const Expression& e, ColumnSource& source) {
  const auto& a = e.operands[0];
  const auto& b = e.operands[1];
  const auto typeA = typeOf(a, source);
  const auto typeB = typeOf(b, source);
  if (typeA == ValueType::Truth || typeB == ValueType::Truth) {
    throw mismatch(a, typeA, b, typeB);
  }
  const bool isTimeA = typeA == ValueType::Time && b.kind == Kind::Text;
  const bool isTimeB = typeB == ValueType::Time && a.kind == Kind::Text;
  if ((typeA == ValueType::Time && typeB == ValueType::Number) ||
      (typeB == ValueType::Time && typeA == ValueType::Number)) {
    throw queryError(b.position,
                     fmt::format("{} and {} cannot be compared: one is a time, the other a number; "
                                 "a date stands in quotes, as in created > '2026-11-26'",
                                 toText(a), toText(b)));
  }
  if (isTimeA || isTimeB || ((isNumeric(typeA) || typeA == ValueType::Mixed) && isNumeric(typeB)) ||
      (isNumeric(typeA) && typeB == ValueType::Mixed)) {
    return compareNumbers(e.kind, numbersBeside(a, isTimeB, source),
                          numbersBeside(b, isTimeA, source), source.rows());
  }
  if (isNumeric(typeA) || isNumeric(typeB)) {
    throw mismatch(a, typeA, b, typeB);
  }
  return compareTexts(e, source);
}

Truths membership(const Expression& e, ColumnSource& source) {
  Truths all(source.rows(), Truth::False);
  for (std::size_t i = 1; i < e.operands.size(); ++i) {
    const Expression one{Kind::Equal,           0, {}, false, {e.operands[0], e.operands[i]},
                         e.operands[i].position};
    const auto next = compare(one, source);
    std::transform(all.begin(), all.end(), next.begin(), all.begin(),
                   [](Truth a, Truth b) { return std::max(a, b); });
  }
  return all;
}

Truths likeness(const Expression& e, ColumnSource& source) {
  const auto& subject = e.operands[0];
  const auto type = typeOf(subject, source);
  if (type != ValueType::Text && type != ValueType::Mixed) {
    throw queryError(subject.position,
                     fmt::format("{} is {}; like compares text", toText(subject), words(type)));
  }
  const bool anyCase = e.kind == Kind::LikeAny;
  const auto pattern = anyCase ? inLowerCase(e.operands[1].text) : e.operands[1].text;
  const auto fits = [&](const std::string& text) {
    return isLike(anyCase ? inLowerCase(text) : text, pattern);
  };
  const auto* column = columnOf(subject, source);
  return column != nullptr ? ofTexts(*column, source.rows(), fits)
                           : Truths(source.rows(), truth(fits(subject.text)));
}

Truths nullity(const Expression& e, ColumnSource& source) {
  const auto& subject = e.operands[0];
  Truths all(source.rows());
  if (const auto* column = columnOf(subject, source)) {
    for (std::size_t row = 0; row < all.size(); ++row) {
      all[row] = truth(column->isMissing(row));
    }
    return all;
  }
  if (subject.kind == Kind::Text) {
    return Truths(source.rows(), Truth::False);
  }
  const auto numbers = numbersOf(subject, source);
  for (std::size_t row = 0; row < all.size(); ++row) {
    all[row] = truth(std::isnan(numbers[row]));
  }
  return all;
}

Truths opposite(Truths all) {
  std::transform(all.begin(), all.end(), all.begin(),
                 [](Truth t) { return static_cast<Truth>(2 - static_cast<int>(t)); });
  return all;
}

Truths chain(const Expression& e, ColumnSource& source) {
  Truths all = truthOf(e.operands.front(), source);
  for (std::size_t i = 1; i < e.operands.size(); ++i) {
    const auto next = truthOf(e.operands[i], source);
    const bool isAnd = e.kind == Kind::And;
    for (std::size_t row = 0; row < all.size(); ++row) {
      all[row] = isAnd ? std::min(all[row], next[row]) : std::max(all[row], next[row]);
    }
  }
  return all;
}

}  // namespace

std::vector<Truth> truthOf(const Expression& e, ColumnSource& source) {
  switch (e.kind) {
    case Kind::And:
    case Kind::Or:
      return chain(e, source);
    case Kind::Not:
      return opposite(truthOf(e.operands[0], source));
    case Kind::In:
      return e.negated ? opposite(membership(e, source)) : membership(e, source);
    case Kind::Like:
    case Kind::LikeAny:
      return e.negated ? opposite(likeness(e, source)) : likeness(e, source);
    case Kind::IsNull:
      return e.negated ? opposite(nullity(e, source)) : nullity(e, source);
    case Kind::Equal:
    case Kind::NotEqual:
    case Kind::Less:
    case Kind::LessEqual:
    case Kind::Greater:
    case Kind::GreaterEqual:
      return compare(e, source);
    default:
      break;
  }
  throw queryError(
      e.position,
      fmt::format("{} is {}; a filter compares, as in {}", toText(e), words(typeOf(e, source)),
                  typeOf(e, source) == ValueType::Text ? "params.backbone = 'esm2'"
                                                       : "metrics.auprc > 0.6"));
}

}  // namespace twofold::query
