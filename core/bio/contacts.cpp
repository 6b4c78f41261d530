#include "core/bio/contacts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <unordered_map>

namespace twofold::bio {

namespace {

/// C-alphas by cells of one size, so that what is near lies in the 27 cells around.
class Grid {
 public:
  Grid(const Chain& chain, float cell) : m_cell(cell) {
    for (std::uint32_t i = 0; i < chain.residues.size(); ++i) {
      if (chain.residues[i].hasCalpha) {
        const auto at = cellOf(chain.residues[i].calpha);
        m_cells[key(at[0], at[1], at[2])].push_back({i, chain.residues[i].calpha});
      }
    }
  }

  /// Calls take(residue index, distance) for each C-alpha at most one cell size from `point`.
  template <class Take>
  void forEachNear(const Point& point, const Take& take) const {
    const auto at = cellOf(point);
    for (std::int64_t x = at[0] - 1; x <= at[0] + 1; ++x) {
      for (std::int64_t y = at[1] - 1; y <= at[1] + 1; ++y) {
        for (std::int64_t z = at[2] - 1; z <= at[2] + 1; ++z) {
          const auto found = m_cells.find(key(x, y, z));
          if (found == m_cells.end()) {
            continue;
          }
          for (const auto& entry : found->second) {
            const float distance = calphaDistance(point, entry.calpha);
            if (distance <= m_cell) {
              take(entry.residue, distance);
            }
          }
        }
      }
    }
  }

 private:
  struct Entry {
    std::uint32_t residue;
    Point calpha;
  };

  [[nodiscard]] std::array<std::int64_t, 3> cellOf(const Point& point) const {
    constexpr double kFarthest = 1e15;  // keeps the conversion to an integer defined
    std::array<std::int64_t, 3> cell{};
    for (std::size_t i = 0; i < 3; ++i) {
      const double place = std::floor(static_cast<double>(point[i]) / static_cast<double>(m_cell));
      cell[i] = static_cast<std::int64_t>(std::clamp(place, -kFarthest, kFarthest));
    }
    return cell;
  }

  /// 21 bits an axis. Far cells may share a key, which costs time and not correctness: the
  /// distance decides, and no two of 27 adjacent cells share one.
  static std::uint64_t key(std::int64_t x, std::int64_t y, std::int64_t z) {
    constexpr std::uint64_t kMask = (std::uint64_t{1} << 21) - 1;
    return (static_cast<std::uint64_t>(x) & kMask) << 42 |
           (static_cast<std::uint64_t>(y) & kMask) << 21 | (static_cast<std::uint64_t>(z) & kMask);
  }

  float m_cell;
  std::unordered_map<std::uint64_t, std::vector<Entry>> m_cells;
};

std::size_t countContacts(const Chain& a, const Grid& b) {
  std::size_t count = 0;
  for (const auto& residue : a.residues) {
    if (residue.hasCalpha) {
      b.forEachNear(residue.calpha, [&count](std::uint32_t, float) { ++count; });
    }
  }
  return count;
}

}  // namespace

float calphaDistance(const Point& a, const Point& b) noexcept {
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

void sortNearestFirst(std::vector<Contact>& contacts) {
  std::sort(contacts.begin(), contacts.end(), [](const Contact& left, const Contact& right) {
    return std::tie(left.distance, left.a, left.b) < std::tie(right.distance, right.a, right.b);
  });
}

std::vector<Contact> findContacts(const Chain& a, const Chain& b, float radius) {
  std::vector<Contact> contacts;
  if (!(radius > 0)) {
    return contacts;
  }
  const Grid grid(b, radius);
  for (std::uint32_t i = 0; i < a.residues.size(); ++i) {
    if (a.residues[i].hasCalpha) {
      grid.forEachNear(a.residues[i].calpha, [&](std::uint32_t j, float distance) {
        contacts.push_back({i, j, distance});
      });
    }
  }
  sortNearestFirst(contacts);
  return contacts;
}

std::vector<ChainPair> chainPairsInContact(const Structure& structure, float radius,
                                           std::size_t minimum) {
  std::vector<ChainPair> pairs;
  if (!(radius > 0)) {
    return pairs;
  }
  std::vector<Grid> grids;
  grids.reserve(structure.chains.size());
  for (const auto& chain : structure.chains) {
    grids.emplace_back(chain, radius);
  }
  for (std::size_t a = 0; a < structure.chains.size(); ++a) {
    for (std::size_t b = a + 1; b < structure.chains.size(); ++b) {
      const std::size_t contacts = countContacts(structure.chains[a], grids[b]);
      if (contacts >= minimum) {
        pairs.push_back({a, b, contacts});
      }
    }
  }
  return pairs;
}

}  // namespace twofold::bio
