#include "models/channels/calpha_trace.h"

#include <algorithm>

namespace twofold::models {

namespace {

constexpr double kLongestStep = 4.5;  // angstrom; a trans step is 3.8

}  // namespace

bool CalphaTrace::isUnbroken(std::size_t i, std::size_t steps) const {
  if (i + steps >= points.size()) {
    return false;
  }
  const auto first = joined.begin() + static_cast<std::ptrdiff_t>(i);
  return std::all_of(first, first + static_cast<std::ptrdiff_t>(steps),
                     [](bool isJoined) { return isJoined; });
}

CalphaTrace traceOf(const bio::Chain& chain) {
  CalphaTrace trace;
  bool missingBefore = false;
  for (std::size_t i = 0; i < chain.residues.size(); ++i) {
    const bio::Residue& residue = chain.residues[i];
    if (!residue.hasCalpha) {
      missingBefore = true;
      continue;
    }
    const Vector point{residue.calpha[0], residue.calpha[1], residue.calpha[2]};
    if (!trace.points.empty()) {
      const bool joined = !missingBefore && length(point - trace.points.back()) <= kLongestStep;
      trace.joined.push_back(joined);
      trace.breaks += joined ? 0 : 1;
    }
    trace.points.push_back(point);
    trace.residues.push_back(i);
    missingBefore = false;
  }
  return trace;
}

Vector centreOf(const std::vector<Vector>& points) {
  Vector sum;
  for (const Vector& point : points) {
    sum = sum + point;
  }
  return (1 / std::max(1.0, static_cast<double>(points.size()))) * sum;
}

}  // namespace twofold::models
