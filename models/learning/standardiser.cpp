#include "models/learning/standardiser.h"

#include <algorithm>
#include <cmath>

namespace twofold::models {

namespace {

/// A feature that varies less than this is constant but for rounding, which must not be blown up.
constexpr double kSmallest = 1e-4;

}  // namespace

Standardiser Standardiser::fitted(const ChannelInputs& inputs,
                                  std::span<const std::uint32_t> proteins) {
  const auto features = static_cast<std::size_t>(inputs.features);
  const std::size_t perProtein = features * static_cast<std::size_t>(inputs.rows);
  std::vector<double> sum(features, 0);
  std::vector<double> squares(features, 0);
  double rows = 0;
  Standardiser result{std::vector<float>(features, 0), std::vector<float>(features, 1)};
  if (!inputs.standardised) {
    return result;
  }
  const auto forEachRow = [&](const auto& visit) {
    for (const std::uint32_t protein : proteins) {
      if (inputs.present[protein] == 0) {
        continue;
      }
      const float* values = inputs.values.data() + protein * perProtein;
      for (std::int64_t row = 0; row < inputs.rows; ++row, values += features) {
        visit(values);
      }
    }
  };
  forEachRow([&](const float* values) {
    ++rows;
    for (std::size_t f = 0; f < features; ++f) {
      sum[f] += values[f];
    }
  });
  if (rows == 0) {
    return result;
  }
  // A second pass over the centred values: a sum of squares alone cancels where the mean is large.
  forEachRow([&](const float* values) {
    for (std::size_t f = 0; f < features; ++f) {
      const double centred = values[f] - sum[f] / rows;
      squares[f] += centred * centred;
    }
  });
  for (std::size_t f = 0; f < features; ++f) {
    const double deviation = std::sqrt(squares[f] / rows);
    result.mean[f] = static_cast<float>(sum[f] / rows);
    result.scale[f] = deviation > kSmallest ? static_cast<float>(1 / deviation) : 1.0F;
  }
  return result;
}

void Standardiser::apply(ChannelInputs& inputs) const {
  if (!inputs.standardised) {
    return;  // a limit in deviations means nothing for them
  }
  const std::size_t features = mean.size();
  for (std::size_t i = 0; i < inputs.values.size(); ++i) {
    const std::size_t f = i % features;
    inputs.values[i] = std::clamp((inputs.values[i] - mean[f]) * scale[f], -kLimit, kLimit);
  }
}

}  // namespace twofold::models
