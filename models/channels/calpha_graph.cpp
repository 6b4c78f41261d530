#include "models/channels/calpha_graph.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>

#include "core/bio/sequence.h"
#include "models/channels/calpha_trace.h"

namespace twofold::models {

namespace {

constexpr double kNear = 10;  // angstrom
constexpr double kWide = 14;
constexpr double kExposure = 13;    // half-sphere exposure (Hamelryck 2005)
constexpr double kSoftEdge = 0.5;   // angstrom; a count fades over twice this
constexpr double kFading = 1;       // angstrom
constexpr double kCompared = 0.01;  // angstrom
constexpr double kLeastBend = 0.1;  // sine; three points nearer to a line than this give no plane
constexpr double kShortest = 1e-3;  // angstrom

/// The local frame of a residue: away from its two neighbours, across their plane, and the third.
struct Frame {
  Vector side, across, third;

  [[nodiscard]] Vector of(const Vector& v) const {
    return {dot(v, side), dot(v, across), dot(v, third)};
  }
};

std::optional<Frame> frameAt(const CalphaTrace& trace, std::size_t i) {
  if (i == 0 || !trace.isUnbroken(i - 1, 2)) {
    return std::nullopt;
  }
  const Vector in = trace.points[i] - trace.points[i - 1];
  const Vector out = trace.points[i + 1] - trace.points[i];
  const Vector side = in - out;
  const Vector across = cross(in, out);
  const double lengths = length(in) * length(out);
  if (length(side) < kShortest || length(across) < std::max(kLeastBend * lengths, kShortest)) {
    return std::nullopt;
  }
  Frame frame;
  frame.side = (1 / length(side)) * side;
  frame.across = (1 / length(across)) * across;
  frame.third = cross(frame.side, frame.across);
  return frame;
}

/// 1 well inside, 0 well outside, linear over the edge.
double softCount(double inside) {
  return std::clamp(0.5 + inside / (2 * kSoftEdge), 0.0, 1.0);
}

std::int64_t compared(double distance) {
  return std::llround(distance / kCompared);
}

class GraphMaker {
 public:
  GraphMaker(const bio::Chain& chain, const CalphaGraphShape& shape)
      : m_chain(chain),
        m_shape(shape),
        m_trace(traceOf(chain)),
        m_middle(centreOf(m_trace.points)) {
    std::size_t stretch = 0;
    for (std::size_t i = 0; i < m_trace.points.size(); ++i) {
      stretch += i > 0 && !m_trace.joined[i - 1] ? 1 : 0;
      m_stretches.push_back(stretch);
      m_frames.push_back(frameAt(m_trace, i));
    }
  }

  std::vector<float> made() {
    const auto centres = chosenCentres();
    if (centres.empty()) {
      return {};
    }
    const auto features = static_cast<std::size_t>(m_shape.features());
    std::vector<float> rows(static_cast<std::size_t>(m_shape.centres) * features, 0);
    for (std::size_t row = 0; row < centres.size(); ++row) {
      describe(centres[row], std::span(rows).subspan(row * features, features));
    }
    return rows;
  }

 private:
  [[nodiscard]] double distance(std::size_t i, std::size_t j) const {
    return length(m_trace.points[j] - m_trace.points[i]);
  }

  /// Ascending.
  [[nodiscard]] std::vector<std::size_t> chosenCentres() const {
    std::vector<std::size_t> framed;
    for (std::size_t i = 0; i < m_frames.size(); ++i) {
      if (m_frames[i]) {
        framed.push_back(i);
      }
    }
    const auto most = static_cast<std::size_t>(m_shape.centres);
    if (framed.size() <= most) {
      return framed;
    }
    std::vector<std::int64_t> apart;  // from the nearest chosen; first from the middle
    for (const std::size_t i : framed) {
      apart.push_back(compared(length(m_trace.points[i] - m_middle)));
    }
    std::vector<std::size_t> chosen;
    while (chosen.size() < most) {
      const auto next =
          static_cast<std::size_t>(std::max_element(apart.begin(), apart.end()) - apart.begin());
      for (std::size_t i = 0; i < framed.size(); ++i) {
        const auto way = compared(distance(framed[i], framed[next]));
        apart[i] = chosen.empty() ? way : std::min(apart[i], way);
      }
      apart[next] = -1;  // even where another lies in the same place
      chosen.push_back(framed[next]);
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
  }

  struct Neighbours {
    std::vector<std::size_t> points;                         // nearest first
    double reach = std::numeric_limits<double>::infinity();  // of the first that is left out
  };

  [[nodiscard]] Neighbours neighboursOf(std::size_t centre) {
    m_order.clear();
    for (std::size_t j = 0; j < m_trace.points.size(); ++j) {
      if (j != centre) {
        m_order.emplace_back(compared(distance(centre, j)), j);
      }
    }
    const auto most = static_cast<std::size_t>(m_shape.neighbours);
    const auto sorted = std::min(most + 1, m_order.size());
    std::partial_sort(m_order.begin(), m_order.begin() + static_cast<std::ptrdiff_t>(sorted),
                      m_order.end());
    Neighbours found;
    for (std::size_t n = 0; n < std::min(most, sorted); ++n) {
      found.points.push_back(m_order[n].second);
    }
    if (sorted > most) {
      found.reach = distance(centre, m_order[most].second);
    }
    return found;
  }

  void describe(std::size_t centre, std::span<float> row) {
    row[kCentreKnown] = 1;
    row[kCentreKind] = kindOf(centre);
    putTrust(centre, row[kCentreHasTrust], row[kCentreTrust]);
    row[kCentreDepth] = static_cast<float>(length(m_trace.points[centre] - m_middle));
    row[kCentreLength] = static_cast<float>(std::log(static_cast<double>(m_trace.points.size())));
    describeSurroundings(centre, row);
    auto rest = row.subspan(kCentreNumbers);
    const auto neighbours = neighboursOf(centre);
    for (const std::size_t neighbour : neighbours.points) {
      describeNeighbour(centre, neighbour, rest);
      rest[kNeighbourShare] = static_cast<float>(
          std::clamp((neighbours.reach - distance(centre, neighbour)) / kFading, 0.0, 1.0));
      rest = rest.subspan(kNeighbourNumbers);
    }
  }

  void describeSurroundings(std::size_t centre, std::span<float> row) const {
    double near = 0;
    double wide = 0;
    double up = 0;
    double around = 0;
    for (std::size_t j = 0; j < m_trace.points.size(); ++j) {
      const Vector way = m_trace.points[j] - m_trace.points[centre];
      const double far = length(way);
      if (j == centre || far > kWide + kSoftEdge) {
        continue;
      }
      near += softCount(kNear - far);
      wide += softCount(kWide - far);
      const double inside = softCount(kExposure - far);
      around += inside;
      up += inside * softCount(dot(way, m_frames[centre]->side));
    }
    row[kCentreNear] = static_cast<float>(near);
    row[kCentreWide] = static_cast<float>(wide);
    row[kCentreUp] = static_cast<float>(around > 0 ? up / around : 0);
  }

  void describeNeighbour(std::size_t centre, std::size_t other, std::span<float> to) const {
    const Frame& frame = *m_frames[centre];
    const double far = distance(centre, other);
    to[kNeighbourKnown] = 1;
    to[kNeighbourDistance] = static_cast<float>(far);
    put(frame.of((1 / std::max(far, kShortest)) * (m_trace.points[other] - m_trace.points[centre])),
        to.subspan(kNeighbourWay));
    if (m_frames[other]) {
      to[kNeighbourHasTurn] = 1;
      put(frame.of(m_frames[other]->side), to.subspan(kNeighbourTurn));
      put(frame.of(m_frames[other]->across), to.subspan(kNeighbourTurn + 3));
    }
    if (m_stretches[centre] == m_stretches[other]) {
      const auto step = static_cast<std::int64_t>(other) - static_cast<std::int64_t>(centre);
      to[kNeighbourStep] =
          static_cast<float>(std::clamp(step, -kLongestStepCounted, kLongestStepCounted));
    }
    to[kNeighbourKind] = kindOf(other);
    putTrust(other, to[kNeighbourHasTrust], to[kNeighbourTrust]);
  }

  static void put(const Vector& v, std::span<float> to) {
    to[0] = static_cast<float>(v.x);
    to[1] = static_cast<float>(v.y);
    to[2] = static_cast<float>(v.z);
  }

  [[nodiscard]] const bio::Residue& residue(std::size_t i) const {
    return m_chain.residues[m_trace.residues[i]];
  }

  [[nodiscard]] float kindOf(std::size_t i) const {
    const auto index = bio::residueIndex(residue(i).letter);
    return static_cast<float>(index ? *index + 1 : kResidueKinds - 1);
  }

  void putTrust(std::size_t i, float& isKnown, float& trust) const {
    if (const auto confidence = residue(i).confidence) {
      isKnown = 1;
      trust = std::clamp(*confidence / 100, 0.0F, 1.0F);
    }
  }

  const bio::Chain& m_chain;
  CalphaGraphShape m_shape;
  CalphaTrace m_trace;
  Vector m_middle;
  std::vector<std::size_t> m_stretches;  // of each point; a break begins another
  std::vector<std::optional<Frame>> m_frames;
  std::vector<std::pair<std::int64_t, std::size_t>> m_order;
};

}  // namespace

std::vector<float> calphaGraph(const bio::Chain& chain, const CalphaGraphShape& shape) {
  return GraphMaker(chain, shape).made();
}

}  // namespace twofold::models
