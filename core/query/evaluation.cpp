#include "core/query/evaluation.h"

#include <algorithm>
#include <numeric>

#include "core/query/number_evaluation.h"
#include "core/query/truth_evaluation.h"

namespace twofold::query {

namespace {

/// For each text its place among the texts in order; so rows are compared by a number.
std::vector<double> rankOfTexts(const std::vector<std::string>& texts) {
  std::vector<std::size_t> order(texts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return texts[a] < texts[b]; });
  std::vector<double> ranks(texts.size());
  for (std::size_t place = 0; place < order.size(); ++place) {
    ranks[order[place]] = static_cast<double>(place);
  }
  return ranks;
}

/// Texts stand behind numbers where a column has both.
std::vector<double> sortKeys(const std::vector<std::uint32_t>& rows, const Column& values) {
  const auto ranks = rankOfTexts(values.texts);
  const auto code = [&](std::uint32_t row) { return values.hasTexts() ? values.codes[row] : -1; };
  double behindNumbers = 0;
  if (values.type == ColumnType::Mixed) {
    for (const auto row : rows) {
      behindNumbers = std::isnan(values.numbers[row])
                          ? behindNumbers
                          : std::max(behindNumbers, values.numbers[row] + 1);
    }
  }
  std::vector<double> keys;
  keys.reserve(rows.size());
  for (const auto row : rows) {
    const bool isText = code(row) >= 0;
    keys.push_back(isText ? behindNumbers + ranks[static_cast<std::size_t>(code(row))]
                   : values.hasNumbers() ? values.numbers[row]
                                         : kMissing);
  }
  return keys;
}

}  // namespace

std::vector<std::uint32_t> matchingRows(const Expression& filter, ColumnSource& source) {
  const auto truths = truthOf(filter, source);
  std::vector<std::uint32_t> rows;
  for (std::size_t row = 0; row < truths.size(); ++row) {
    if (truths[row] == Truth::True) {
      rows.push_back(static_cast<std::uint32_t>(row));
    }
  }
  return rows;
}

Column valuesOf(const Expression& expression, ColumnSource& source) {
  if (expression.kind == Kind::Name) {
    return columnNamed(expression, source);
  }
  if (expression.kind == Kind::Text) {
    return {ColumnType::Text, {}, std::vector<std::int32_t>(source.rows(), 0), {expression.text}};
  }
  const auto numbers = numbersOf(expression, source);
  Column column{ColumnType::Number, std::vector<double>(source.rows()), {}, {}};
  for (std::size_t row = 0; row < column.numbers.size(); ++row) {
    column.numbers[row] = numbers[row];
  }
  return column;
}

std::vector<std::uint32_t> inOrder(std::vector<std::uint32_t> rows, const Column& values,
                                   bool descending, std::size_t limit) {
  struct Place {
    double key;
    std::uint32_t row;
  };
  const auto keys = sortKeys(rows, values);
  std::vector<Place> present;
  std::vector<std::uint32_t> missing;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (std::isnan(keys[i])) {
      missing.push_back(rows[i]);
    } else {
      present.push_back({descending ? -keys[i] : keys[i], rows[i]});
    }
  }
  const auto before = [](const Place& a, const Place& b) {
    return a.key != b.key ? a.key < b.key : a.row > b.row;
  };
  const std::size_t wanted = limit == 0 ? rows.size() : std::min(limit, rows.size());
  const auto sorted = std::min(wanted, present.size());
  std::partial_sort(present.begin(), present.begin() + static_cast<std::ptrdiff_t>(sorted),
                    present.end(), before);
  std::sort(missing.begin(), missing.end(), std::greater<>());
  rows.clear();
  for (std::size_t i = 0; i < sorted; ++i) {
    rows.push_back(present[i].row);
  }
  for (std::size_t i = 0; rows.size() < wanted; ++i) {
    rows.push_back(missing[i]);
  }
  return rows;
}

}  // namespace twofold::query
