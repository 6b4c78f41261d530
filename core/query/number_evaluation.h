// The number of an expression for every row.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/query/columns.h"
#include "core/query/expression.h"

namespace twofold::query {

/// One number for all rows, the numbers of a column, or numbers that were computed.
class Numbers {
 public:
  explicit Numbers(double constant) : m_constant(constant) {}
  explicit Numbers(const std::vector<double>& column) : m_column(&column) {}
  explicit Numbers(std::vector<double>&& computed) : m_computed(std::move(computed)) {}

  [[nodiscard]] std::optional<double> constant() const { return m_constant; }
  [[nodiscard]] double operator[](std::size_t row) const {
    return m_constant ? *m_constant : m_column != nullptr ? (*m_column)[row] : m_computed[row];
  }

 private:
  std::optional<double> m_constant;
  const std::vector<double>* m_column = nullptr;
  std::vector<double> m_computed;
};

enum class ValueType { Number, Text, Mixed, Time, Truth };
/// "a number", "text", …, as errors call it.
[[nodiscard]] std::string_view words(ValueType type) noexcept;

/// The column of a name. Throws Error(Usage), with its position, when there is none.
[[nodiscard]] const Column& columnNamed(const Expression& name, ColumnSource& source);

/// Throws Error(Usage) for a name that no column has.
[[nodiscard]] ValueType typeOf(const Expression& expression, ColumnSource& source);

/// Throws Error(Usage) for what is text or a comparison.
[[nodiscard]] Numbers numbersOf(const Expression& expression, ColumnSource& source);

}  // namespace twofold::query
