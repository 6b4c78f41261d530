#include "core/metrics/recalibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"

namespace twofold::metrics {

Recalibration::Recalibration(Kind kind, std::span<const float> scores,
                             std::span<const std::int8_t> labels, bool areProbabilities)
    : m_kind(kind), m_areProbabilities(areProbabilities) {
  if (kind == Kind::Isotonic) {
    m_isotonic = IsotonicScale(scores, labels);
    return;
  }
  std::vector<float> logits;
  for (const float score : scores) {
    logits.push_back(static_cast<float>(logitOf(score)));
  }
  m_scale = kind == Kind::Platt ? plattScaling(logits, labels) : temperatureScaling(logits, labels);
}

double Recalibration::logitOf(float score) const {
  if (!m_areProbabilities) {
    return static_cast<double>(score);
  }
  constexpr double kEpsilon = std::numeric_limits<float>::epsilon();
  const double p = std::clamp(static_cast<double>(score), kEpsilon, 1 - kEpsilon);
  return std::log(p) - std::log1p(-p);
}

std::vector<float> Recalibration::probabilities(std::span<const float> scores) const {
  std::vector<float> found;
  found.reserve(scores.size());
  for (const float score : scores) {
    found.push_back(static_cast<float>(m_kind == Kind::Isotonic
                                           ? m_isotonic.probability(static_cast<double>(score))
                                           : m_scale.probability(logitOf(score))));
  }
  return found;
}

Recalibration::Kind recalibrationFromName(std::string_view name) {
  using Kind = Recalibration::Kind;
  if (name == "platt" || name == "temperature") {
    return name == "platt" ? Kind::Platt : Kind::Temperature;
  }
  if (name == "isotonic") {
    return Kind::Isotonic;
  }
  throw Error(ErrorKind::Usage,
              fmt::format("there is no calibration \"{}\"; platt, temperature, isotonic", name));
}

}  // namespace twofold::metrics
