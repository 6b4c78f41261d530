#include "models/contacts/contact_measure.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "core/base/error.h"
#include "core/metrics/contact_ranking.h"
#include "core/metrics/ranking.h"

namespace twofold::models {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

MapMeasure measureMap(const ContactComplex& complex, std::span<const float> map) {
  if (complex.cells() == 0) {
    return {kNaN, kNaN, kNaN, kNaN};
  }
  const std::size_t width = complex.lengthB;
  if (map.size() != complex.lengthA * width) {
    throw Error(ErrorKind::Internal, "a contact map has another size than its chains");
  }
  std::vector<float> scores;
  scores.reserve(complex.cells());
  for (const auto i : complex.observedA) {
    for (const auto j : complex.observedB) {
      scores.push_back(map[i * width + j]);
    }
  }
  return measureObserved(complex, scores);
}

MapMeasure measureObserved(const ContactComplex& complex, std::span<const float> scores) {
  if (complex.contacts.empty()) {
    return {kNaN, kNaN, kNaN, kNaN};
  }
  const auto labels = labelsOf(complex);
  const std::size_t shorter = std::min(complex.observedA.size(), complex.observedB.size());
  const auto precision = [&](std::size_t k) {
    return metrics::precisionAtTop(scores, labels, std::max<std::size_t>(1, k));
  };
  return {precision(shorter / 5), precision(shorter / 10), precision(10),
          metrics::auprc(scores, labels)};
}

MapMeasure expectedOfChance(const ContactComplex& complex) {
  if (complex.contacts.empty()) {
    return {kNaN, kNaN, kNaN, kNaN};
  }
  const double density =
      static_cast<double>(complex.contacts.size()) / static_cast<double>(complex.cells());
  return {density, density, density,
          metrics::expectedAuprcOfChance(complex.contacts.size(), complex.cells())};
}

}  // namespace twofold::models
