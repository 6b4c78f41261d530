#include "models/channels/calpha_descriptors.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

#include "models/channels/calpha_trace.h"

namespace twofold::models {

namespace {

constexpr double kExposureRadius = 13;  // angstrom
constexpr double kSoftEdge = 0.5;       // angstrom; a count fades over twice this
constexpr std::array<double, 3> kContactRadii = {8, 10, 14};

/// A histogram whose values are shared linearly between the two nearest bin centres. Beyond the
/// first and last centre everything falls into that bin, or wraps round.
class SoftHistogram {
 public:
  SoftHistogram(std::span<float> bins, double low, double high, bool wraps = false)
      : m_bins(bins), m_low(low), m_high(high), m_wraps(wraps), m_counts(bins.size(), 0) {}

  void add(double value) {
    const auto n = static_cast<std::int64_t>(m_counts.size());
    double place = (value - m_low) / (m_high - m_low) * static_cast<double>(n) - 0.5;
    if (!m_wraps) {
      place = std::clamp(place, 0.0, static_cast<double>(n - 1));
    }
    const double floor = std::floor(place);
    const auto first = static_cast<std::int64_t>(floor);
    m_counts[static_cast<std::size_t>((first + n) % n)] += 1 - (place - floor);
    m_counts[static_cast<std::size_t>((first + 1 + n) % n)] += place - floor;
    ++m_total;
  }

  /// Shares into the bins; all 0 when nothing was added.
  void finish() const {
    for (std::size_t i = 0; i < m_bins.size(); ++i) {
      m_bins[i] = m_total > 0 ? static_cast<float>(m_counts[i] / m_total) : 0.0F;
    }
  }

 private:
  std::span<float> m_bins;
  double m_low;
  double m_high;
  bool m_wraps;
  std::vector<double> m_counts;
  double m_total = 0;
};

/// Hands out the feature array block by block.
class Blocks {
 public:
  explicit Blocks(CalphaFeatures& features) : m_rest(features) {}
  std::span<float> take(std::size_t count) {
    const auto block = m_rest.first(count);
    m_rest = m_rest.subspan(count);
    return block;
  }

 private:
  std::span<float> m_rest;
};

double angle(const Vector& a, const Vector& b) {
  return std::atan2(length(cross(a, b)), dot(a, b));
}

/// IUPAC sign; in (-pi, pi].
double dihedral(const Vector& a, const Vector& b, const Vector& c) {
  const Vector normal = cross(b, c);
  return std::atan2(length(b) * dot(a, normal), dot(cross(a, b), normal));
}

void describeBends(const CalphaTrace& trace, Blocks& blocks) {
  constexpr double kPi = std::numbers::pi;
  const auto& p = trace.points;
  SoftHistogram angles(blocks.take(kAngleBins), kPi * 70 / 180, kPi * 160 / 180);
  SoftHistogram dihedrals(blocks.take(kDihedralBins), -kPi, kPi, true);
  const auto means = blocks.take(2);
  double sine = 0;
  double cosine = 0;
  double count = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (trace.isUnbroken(i, 2)) {
      angles.add(angle(p[i] - p[i + 1], p[i + 2] - p[i + 1]));
    }
    if (trace.isUnbroken(i, 3)) {
      const double value = dihedral(p[i + 1] - p[i], p[i + 2] - p[i + 1], p[i + 3] - p[i + 2]);
      dihedrals.add(value);
      sine += std::sin(value);
      cosine += std::cos(value);
      ++count;
    }
  }
  angles.finish();
  dihedrals.finish();
  means[0] = static_cast<float>(sine / std::max(count, 1.0));
  means[1] = static_cast<float>(cosine / std::max(count, 1.0));
}

void describeSteps(const CalphaTrace& trace, Blocks& blocks) {
  const auto& p = trace.points;
  for (const std::size_t step : {2U, 3U, 4U}) {
    SoftHistogram histogram(blocks.take(kStepBins), 4, 3.8 * static_cast<double>(step));
    for (std::size_t i = 0; i < p.size(); ++i) {
      if (trace.isUnbroken(i, step)) {
        histogram.add(length(p[i + step] - p[i]));
      }
    }
    histogram.finish();
  }
}

/// 1 well inside, 0 well outside, linear over the edge.
double softCount(double inside) {
  return std::clamp(0.5 + inside / (2 * kSoftEdge), 0.0, 1.0);
}

struct Surroundings {
  std::array<double, 3> contacts{};  // within kContactRadii
  double up = 0;                     // in the half sphere of the side chain
  double down = 0;
};

/// The side chain points away from both neighbours, roughly along the bisector's negative.
Surroundings surroundings(const CalphaTrace& trace, std::size_t i, SoftHistogram& distances) {
  const auto& p = trace.points;
  Surroundings result;
  const bool hasSide = i > 0 && trace.isUnbroken(i - 1, 2);
  const Vector side = hasSide ? (p[i] - p[i - 1]) + (p[i] - p[i + 1]) : Vector{};
  const double sideLength = std::max(length(side), 1e-3);
  for (std::size_t j = 0; j < p.size(); ++j) {
    if (j == i) {
      continue;
    }
    const Vector way = p[j] - p[i];
    const double distance = length(way);
    if (j >= i + 3) {
      distances.add(distance);
    }
    for (std::size_t r = 0; r < kContactRadii.size(); ++r) {
      result.contacts[r] += softCount(kContactRadii[r] - distance);
    }
    const double inside = softCount(kExposureRadius - distance);
    if (hasSide && inside > 0) {
      const double above = softCount(dot(way, side) / sideLength);
      result.up += inside * above;
      result.down += inside * (1 - above);
    }
  }
  return result;
}

void describeSurroundings(const CalphaTrace& trace, Blocks& blocks) {
  // Upper ends near the densest packing seen in folded chains.
  std::array<SoftHistogram, 3> contacts = {SoftHistogram(blocks.take(kContactBins), 0, 20),
                                           SoftHistogram(blocks.take(kContactBins), 0, 35),
                                           SoftHistogram(blocks.take(kContactBins), 0, 80)};
  SoftHistogram up(blocks.take(kExposureBins), 0, 36);
  SoftHistogram down(blocks.take(kExposureBins), 0, 36);
  SoftHistogram distances(blocks.take(kPairBins), 4, 84);
  for (std::size_t i = 0; i < trace.points.size(); ++i) {
    const Surroundings around = surroundings(trace, i, distances);
    for (std::size_t r = 0; r < contacts.size(); ++r) {
      contacts[r].add(around.contacts[r]);
    }
    if (i > 0 && trace.isUnbroken(i - 1, 2)) {
      up.add(around.up);
      down.add(around.down);
    }
  }
  for (const auto& histogram : contacts) {
    histogram.finish();
  }
  up.finish();
  down.finish();
  distances.finish();
}

void describeWhole(const CalphaTrace& trace, Blocks& blocks) {
  const auto n = static_cast<double>(trace.points.size());
  const Vector centre = centreOf(trace.points);
  double squares = 0;
  for (const Vector& point : trace.points) {
    squares += dot(point - centre, point - centre);
  }
  const double gyration = std::sqrt(squares / n);
  const auto whole = blocks.take(kGlobalFeatures);
  whole[0] = static_cast<float>(std::log(n));
  whole[1] = static_cast<float>(std::log(std::max(gyration, 1e-3)));
  whole[2] = static_cast<float>(gyration / (2.2 * std::pow(n, 0.38)));
  whole[3] = static_cast<float>(static_cast<double>(trace.breaks) / (n - 1));
}

}  // namespace

std::optional<CalphaFeatures> calphaDescriptors(const bio::Chain& chain) {
  const CalphaTrace trace = traceOf(chain);
  if (trace.points.size() < kShortestTrace) {
    return std::nullopt;
  }
  CalphaFeatures features{};
  Blocks blocks(features);
  describeBends(trace, blocks);
  describeSteps(trace, blocks);
  describeSurroundings(trace, blocks);
  describeWhole(trace, blocks);
  return features;
}

}  // namespace twofold::models
