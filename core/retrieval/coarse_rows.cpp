#include "core/retrieval/coarse_rows.h"

#include <algorithm>
#include <cmath>

namespace twofold::retrieval {

namespace {

constexpr double kGreatestCode = 127;
constexpr double kUp = 1 + 0x1p-20;  // more than float32 rounds down

}  // namespace

CoarseRows::CoarseRows(VectorsView rows)
    : centre(rows.width), codes(rows.values.size()), scales(rows.rows()), misses(rows.rows()) {
  std::vector<double> sums(rows.width);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    for (std::size_t i = 0; i < rows.width; ++i) {
      sums[i] += static_cast<double>(rows.row(row)[i]);
    }
  }
  for (std::size_t i = 0; i < rows.width; ++i) {
    centre[i] = static_cast<float>(sums[i] / static_cast<double>(rows.rows()));
  }
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const float* values = rows.row(row);
    float greatest = 0;
    for (std::size_t i = 0; i < rows.width; ++i) {
      greatest = std::max(greatest, std::abs(values[i] - centre[i]));
    }
    const float scale = greatest / static_cast<float>(kGreatestCode);
    const double inverse = scale > 0 ? 1 / static_cast<double>(scale) : 0;
    double missed = 0;
    double length = 0;
    for (std::size_t i = 0; i < rows.width; ++i) {
      const double value = static_cast<double>(values[i]) - static_cast<double>(centre[i]);
      const double code =
          std::clamp(std::nearbyint(value * inverse), -kGreatestCode, kGreatestCode);
      const double coarse = code * static_cast<double>(scale);
      codes[row * rows.width + i] = static_cast<std::int8_t>(code);
      missed += (value - coarse) * (value - coarse);
      length += coarse * coarse;
    }
    scales[row] = scale;
    misses[row] = static_cast<float>(std::sqrt(missed) * kUp);
    longest = std::max(longest, static_cast<float>(std::sqrt(length) * kUp));
  }
}

CoarseQuery::CoarseQuery(const CoarseRows& rows, const float* query) : moved(rows.centre.size()) {
  double length = 0;
  for (std::size_t i = 0; i < moved.size(); ++i) {
    moved[i] = query[i] - rows.centre[i];
    length += static_cast<double>(moved[i]) * static_cast<double>(moved[i]);
  }
  miss = static_cast<float>(0x1p-23 * (std::sqrt(length) + static_cast<double>(rows.longest)));
}

}  // namespace twofold::retrieval
