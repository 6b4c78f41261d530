#include "ui/viewport/tube.h"

#include <algorithm>
#include <numbers>
#include <span>
#include <utility>

namespace twofold::ui {
namespace {

constexpr int kCapRings = 3;
constexpr double kDashRadius = 0.16;  // angstrom
constexpr double kDashLength = 0.9;
constexpr int kDashSides = 6;

/// A point of the centre line with the residue it belongs to.
struct Sample {
  Vector at{};
  ResidueRef owner;
};

/// One cross-section: centre, two axes across, the direction along, and how far the normals lean
/// along it (caps).
struct Ring {
  Vector centre{};
  Vector axisX{};
  Vector axisY{};
  Vector along{};
  double radius = 0;
  double lean = 0;  // sine of the angle between normal and cross-section
};

void addPoint(TubeMesh& mesh, const Vector& at, const Vector& normal, const ResidueRef& owner) {
  for (std::size_t i = 0; i < 3; ++i) {
    mesh.points.push_back(static_cast<float>(at[i]));
    mesh.normals.push_back(static_cast<float>(normal[i]));
  }
  mesh.owners.push_back(owner);
}

void addRing(TubeMesh& mesh, const Ring& ring, const ResidueRef& owner, int sides) {
  const double across = std::sqrt(1 - ring.lean * ring.lean);
  for (int side = 0; side < sides; ++side) {
    const double angle = 2 * std::numbers::pi * side / sides;
    const Vector out = ring.axisX * std::cos(angle) + ring.axisY * std::sin(angle);
    addPoint(mesh, ring.centre + out * ring.radius, out * across + ring.along * ring.lean, owner);
  }
}

/// Two triangles for each side between the last two rings.
void joinRings(TubeMesh& mesh, int sides) {
  const auto end = static_cast<std::uint32_t>(mesh.pointCount());
  const auto count = static_cast<std::uint32_t>(sides);
  const std::uint32_t newer = end - count;
  const std::uint32_t older = newer - count;
  for (std::uint32_t side = 0; side < count; ++side) {
    const std::uint32_t next = (side + 1) % count;
    mesh.triangles.insert(mesh.triangles.end(), {older + side, older + next, newer + next,
                                                 older + side, newer + next, newer + side});
  }
}

/// A tube with round ends along the samples; its frame is carried from ring to ring without
/// twist (Bishop frame).
void addTube(TubeMesh& mesh, std::span<const Sample> samples, double radius, int sides) {
  if (samples.empty()) {
    return;
  }
  const auto tangentAt = [&](std::size_t i) {
    const std::size_t before = i == 0 ? 0 : i - 1;
    const std::size_t after = std::min(i + 1, samples.size() - 1);
    return direction(samples[after].at - samples[before].at);
  };
  Ring ring;
  ring.axisX = anyPerpendicular(tangentAt(0));
  bool joined = false;
  const auto emit = [&](const Ring& shape, const ResidueRef& owner) {
    addRing(mesh, shape, owner, sides);
    if (std::exchange(joined, true)) {
      joinRings(mesh, sides);
    }
  };
  const auto emitCap = [&](const Ring& base, const ResidueRef& owner, bool start) {
    for (int i = 0; i < kCapRings; ++i) {
      const int step = start ? kCapRings - i : i + 1;
      const double angle = std::numbers::pi / 2 * step / kCapRings;
      Ring cap = base;
      const double sign = start ? -1 : 1;
      cap.centre = base.centre + base.along * (sign * radius * std::sin(angle));
      cap.radius = radius * std::cos(angle);
      cap.lean = sign * std::min(std::sin(angle), 1.0);
      emit(cap, owner);
    }
  };
  for (std::size_t i = 0; i < samples.size(); ++i) {
    ring.along = tangentAt(i);
    ring.axisX = direction(ring.axisX - ring.along * dot(ring.axisX, ring.along),
                           anyPerpendicular(ring.along));
    ring.axisY = cross(ring.along, ring.axisX);
    ring.centre = samples[i].at;
    ring.radius = radius;
    ring.lean = 0;
    if (i == 0) {
      emitCap(ring, samples[i].owner, true);
    }
    emit(ring, samples[i].owner);
    if (i + 1 == samples.size()) {
      emitCap(ring, samples[i].owner, false);
    }
  }
}

/// Uniform Catmull-Rom through p1 and p2.
Vector catmullRom(const std::array<Vector, 4>& p, double t) {
  const Vector linear = p[2] - p[0];
  const Vector square = p[0] * 2 - p[1] * 5 + p[2] * 4 - p[3];
  const Vector cube = p[1] * 3 - p[0] - p[2] * 3 + p[3];
  return (p[1] * 2 + linear * t + square * (t * t) + cube * (t * t * t)) * 0.5;
}

std::vector<Sample> smoothLine(const bio::Chain& chain, int index, const ResidueRun& run,
                               int steps) {
  const auto at = [&](int residue) {
    const int inside = std::clamp(residue, run.first, run.last);
    return toVector(chain.residues[static_cast<std::size_t>(inside)].calpha);
  };
  std::vector<Sample> samples;
  for (int i = run.first; i < run.last; ++i) {
    const std::array<Vector, 4> control{at(i - 1), at(i), at(i + 1), at(i + 2)};
    for (int step = 0; step < steps; ++step) {
      const double t = static_cast<double>(step) / steps;
      samples.push_back({catmullRom(control, t), {index, t < 0.5 ? i : i + 1}});
    }
  }
  samples.push_back({at(run.last), {index, run.last}});
  return samples;
}

void addDashes(TubeMesh& mesh, const Sample& from, const Sample& to) {
  const Vector whole = to.at - from.at;
  const int dashes = std::clamp(static_cast<int>(length(whole) / (2 * kDashLength)), 1, 100);
  const Vector unit = whole * (1.0 / (2 * dashes + 1));
  for (int i = 0; i < dashes; ++i) {
    const ResidueRef owner = 2 * i < dashes ? from.owner : to.owner;
    const Vector start = from.at + unit * (2 * i + 1);
    const std::array<Sample, 2> dash{Sample{start, owner}, Sample{start + unit, owner}};
    addTube(mesh, dash, kDashRadius, kDashSides);
  }
}

}  // namespace

std::vector<ResidueRun> unbrokenRuns(const bio::Chain& chain) {
  std::vector<ResidueRun> runs;
  const bio::Residue* previous = nullptr;
  for (int i = 0; i < static_cast<int>(chain.residues.size()); ++i) {
    const bio::Residue& residue = chain.residues[static_cast<std::size_t>(i)];
    if (!residue.hasCalpha) {
      previous = nullptr;
      continue;
    }
    const bool follows =
        previous && length(toVector(residue.calpha) - toVector(previous->calpha)) <= kLongestStep;
    if (follows) {
      runs.back().last = i;
    } else {
      runs.push_back({i, i});
    }
    previous = &residue;
  }
  return runs;
}

TubeShape shapeFor(std::size_t residues, bool software) {
  const std::size_t load = software ? residues * 2 : residues;
  if (load <= 8'000) {
    return {5, 10, 0.55};
  }
  return load <= 40'000 ? TubeShape{3, 6, 0.55} : TubeShape{1, 4, 0.6};
}

void addChain(TubeMesh& mesh, const bio::Chain& chain, int index, const TubeShape& shape) {
  const std::vector<ResidueRun> runs = unbrokenRuns(chain);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    addTube(mesh, smoothLine(chain, index, runs[i], shape.steps), shape.radius, shape.sides);
    if (i > 0) {
      const auto sampleAt = [&](int residue) {
        return Sample{toVector(chain.residues[static_cast<std::size_t>(residue)].calpha),
                      {index, residue}};
      };
      addDashes(mesh, sampleAt(runs[i - 1].last), sampleAt(runs[i].first));
    }
  }
}

}  // namespace twofold::ui
