// The table that filters and formulas are evaluated on: columns of numbers or texts, one value a
// row.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace twofold::query {

inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

enum class ColumnType {
  Number,
  Text,
  Mixed,  // numbers in some rows, texts in others
  Time,   // numbers: seconds since 1970, UTC
};

/// `numbers` and `codes` are empty where the type has none. A row's text is texts[code]; NaN and -1
/// stand for what is missing.
struct Column {
  ColumnType type = ColumnType::Number;
  std::vector<double> numbers;
  std::vector<std::int32_t> codes;
  std::vector<std::string> texts;  // each once

  [[nodiscard]] bool hasNumbers() const { return type != ColumnType::Text; }
  [[nodiscard]] bool hasTexts() const {
    return type == ColumnType::Text || type == ColumnType::Mixed;
  }
  [[nodiscard]] bool isMissing(std::size_t row) const {
    return (!hasNumbers() || std::isnan(numbers[row])) && (!hasTexts() || codes[row] < 0);
  }
};

class ColumnSource {
 public:
  virtual ~ColumnSource() = default;
  [[nodiscard]] virtual std::size_t rows() const = 0;
  /// Valid while the source lives. Throws Error(Usage), naming the nearest, for a name that no
  /// column has.
  [[nodiscard]] virtual const Column& column(const std::string& name) = 0;
};

}  // namespace twofold::query
