#include "core/retrieval/spatial_index.h"

#include <faiss/IndexFlat.h>
#include <faiss/impl/AuxIndexStructures.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/retrieval/faiss_errors.h"

namespace twofold::retrieval {

namespace {

using Centre = std::array<double, 3>;

/// The residues that have a C-alpha.
struct Places {
  std::vector<std::uint32_t> residues;
  std::vector<bio::Point> points;
};

Places placesOf(const bio::Chain& chain) {
  constexpr float kFarthest = 1e15F;
  Places places;
  for (std::uint32_t i = 0; i < chain.residues.size(); ++i) {
    const auto& residue = chain.residues[i];
    if (!residue.hasCalpha) {
      continue;
    }
    if (!std::all_of(residue.calpha.begin(), residue.calpha.end(),
                     [](float value) { return std::abs(value) <= kFarthest; })) {
      throw Error(ErrorKind::BadInput,
                  fmt::format("the C-alpha of {} has no usable position; correct the structure "
                              "file",
                              bio::residueLabel(chain, residue)));
    }
    places.residues.push_back(i);
    places.points.push_back(residue.calpha);
  }
  return places;
}

Centre centreOf(const std::vector<bio::Point>& points) {
  Centre centre{};
  for (const auto& point : points) {
    for (std::size_t i = 0; i < 3; ++i) {
      centre[i] += static_cast<double>(point[i]) / static_cast<double>(points.size());
    }
  }
  return centre;
}

/// Points as FAISS gets them: around the origin, where float32 is finest.
struct Moved {
  std::vector<float> values;
  double farthest = 0;  // from the origin
};

Moved moved(const std::vector<bio::Point>& points, const Centre& centre) {
  Moved result;
  for (const auto& point : points) {
    double squared = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      const double value = static_cast<double>(point[i]) - centre[i];
      squared += value * value;
      result.values.push_back(static_cast<float>(value));
    }
    result.farthest = std::max(result.farthest, std::sqrt(squared));
  }
  return result;
}

/// A squared radius that no contact misses by the rounding of moved points (first term) and of
/// |p|^2 + |q|^2 - 2 p q in float32 (last term; Higham, Accuracy and Stability, section 3.1).
float generousRadius(float radius, double a, double b) {
  const double reach = static_cast<double>(radius) * (1 + 0x1p-20) + 4 * 0x1p-24 * (a + b);
  return static_cast<float>(reach * reach * (1 + 0x1p-20) + 48 * 0x1p-24 * (a * a + b * b));
}

}  // namespace

struct SpatialIndex::State {
  Places places;
  Centre centre{};
  double farthest = 0;
  faiss::IndexFlatL2 flat{3};
};

SpatialIndex::SpatialIndex(const bio::Chain& chain) : m_state(std::make_unique<State>()) {
  m_state->places = placesOf(chain);
  m_state->centre = centreOf(m_state->places.points);
  const auto points = moved(m_state->places.points, m_state->centre);
  m_state->farthest = points.farthest;
  throughFaiss([&] {
    m_state->flat.add(static_cast<faiss::Index::idx_t>(m_state->places.points.size()),
                      points.values.data());
  });
}

SpatialIndex::~SpatialIndex() = default;
SpatialIndex::SpatialIndex(SpatialIndex&&) noexcept = default;
SpatialIndex& SpatialIndex::operator=(SpatialIndex&&) noexcept = default;

std::vector<bio::Contact> SpatialIndex::contactsWith(const bio::Chain& chain, float radius) const {
  const auto& own = m_state->places;
  const auto asked = placesOf(chain);
  std::vector<bio::Contact> contacts;
  if (!(radius > 0) || own.points.empty() || asked.points.empty()) {
    return contacts;
  }
  const auto points = moved(asked.points, m_state->centre);
  const auto count = static_cast<faiss::Index::idx_t>(asked.points.size());
  faiss::RangeSearchResult near(count);
  throughFaiss([&] {
    m_state->flat.range_search(count, points.values.data(),
                               generousRadius(radius, points.farthest, m_state->farthest), &near);
  });
  for (std::size_t i = 0; i < asked.points.size(); ++i) {
    for (std::size_t at = near.lims[i]; at < near.lims[i + 1]; ++at) {
      const auto found = static_cast<std::size_t>(near.labels[at]);
      const float distance = bio::calphaDistance(asked.points[i], own.points[found]);
      if (distance <= radius) {
        contacts.push_back({asked.residues[i], own.residues[found], distance});
      }
    }
  }
  bio::sortNearestFirst(contacts);
  return contacts;
}

}  // namespace twofold::retrieval
