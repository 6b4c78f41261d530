#include "core/query/number_evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/query/lexer.h"

namespace twofold::query {

namespace {

/// What is no finite number counts as missing.
double finite(double value) {
  return std::isfinite(value) ? value : kMissing;
}

template <class Operation>
Numbers combined(const Numbers& a, const Numbers& b, std::size_t rows, const Operation& operation) {
  if (a.constant() && b.constant()) {
    return Numbers(finite(operation(*a.constant(), *b.constant())));
  }
  std::vector<double> all(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    all[row] = finite(operation(a[row], b[row]));
  }
  return Numbers(std::move(all));
}

Numbers arithmetic(const Expression& e, ColumnSource& source) {
  const auto a = numbersOf(e.operands[0], source);
  const auto b = numbersOf(e.operands[1], source);
  const std::size_t rows = source.rows();
  switch (e.kind) {
    case Kind::Add:
      return combined(a, b, rows, std::plus<>());
    case Kind::Subtract:
      return combined(a, b, rows, std::minus<>());
    case Kind::Multiply:
      return combined(a, b, rows, std::multiplies<>());
    default:
      return combined(a, b, rows, std::divides<>());
  }
}

/// One of two numbers that are missing makes the result missing, unlike std::min.
double smaller(double a, double b) {
  return std::isnan(a) || std::isnan(b) ? kMissing : std::min(a, b);
}
double larger(double a, double b) {
  return std::isnan(a) || std::isnan(b) ? kMissing : std::max(a, b);
}

Numbers call(const Expression& e, ColumnSource& source) {
  const std::size_t rows = source.rows();
  Numbers result = numbersOf(e.operands[0], source);
  if (e.text == "abs") {
    return combined(result, Numbers(0), rows, [](double a, double) { return std::abs(a); });
  }
  if (e.text == "log") {
    return combined(result, Numbers(0), rows, [](double a, double) { return std::log(a); });
  }
  for (std::size_t i = 1; i < e.operands.size(); ++i) {
    const auto next = numbersOf(e.operands[i], source);
    result = e.text == "min" ? combined(result, next, rows, smaller)
                             : combined(result, next, rows, larger);
  }
  return result;
}

ValueType typeOfColumn(const Column& column) {
  switch (column.type) {
    case ColumnType::Number:
      return ValueType::Number;
    case ColumnType::Text:
      return ValueType::Text;
    case ColumnType::Mixed:
      return ValueType::Mixed;
    case ColumnType::Time:
      break;
  }
  return ValueType::Time;
}

}  // namespace

std::string_view words(ValueType type) noexcept {
  switch (type) {
    case ValueType::Number:
      return "a number";
    case ValueType::Text:
      return "text";
    case ValueType::Mixed:
      return "a number or text";
    case ValueType::Time:
      return "a time";
    case ValueType::Truth:
      break;
  }
  return "true or false";
}

const Column& columnNamed(const Expression& name, ColumnSource& source) {
  try {
    return source.column(name.text);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::Usage) {
      throw;
    }
    throw queryError(name.position, error.what());
  }
}

ValueType typeOf(const Expression& e, ColumnSource& source) {
  switch (e.kind) {
    case Kind::Name:
      return typeOfColumn(columnNamed(e, source));
    case Kind::Text:
      return ValueType::Text;
    case Kind::Number:
    case Kind::Negate:
    case Kind::Add:
    case Kind::Subtract:
    case Kind::Multiply:
    case Kind::Divide:
    case Kind::Call:
      return ValueType::Number;
    default:
      return ValueType::Truth;
  }
}

Numbers numbersOf(const Expression& e, ColumnSource& source) {
  const ValueType type = typeOf(e, source);
  if (type == ValueType::Text || type == ValueType::Truth) {
    throw queryError(e.position,
                     fmt::format("{} is {}; a number is needed here", toText(e), words(type)));
  }
  switch (e.kind) {
    case Kind::Number:
      return Numbers(e.number);
    case Kind::Name:
      return Numbers(columnNamed(e, source).numbers);
    case Kind::Negate:
      return combined(numbersOf(e.operands[0], source), Numbers(0), source.rows(),
                      [](double a, double) { return -a; });
    case Kind::Call:
      return call(e, source);
    default:
      return arithmetic(e, source);
  }
}

}  // namespace twofold::query
