#include "models/channels/interologs.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"

namespace twofold::models {

TrainingGraph::TrainingGraph(std::size_t proteins, std::span<const IndexedPair> pairs)
    : m_begin(proteins + 1, 0) {
  const auto forEachEnd = [&](const auto& visit) {
    for (const IndexedPair& pair : pairs) {
      const bool isPositive = pair.label == data::Label::Positive;
      visit(pair.a, Partner{pair.b, isPositive});
      if (pair.a != pair.b) {
        visit(pair.b, Partner{pair.a, isPositive});
      }
    }
  };
  forEachEnd([&](std::uint32_t protein, const Partner&) { ++m_begin.at(protein + 1); });
  std::partial_sum(m_begin.begin(), m_begin.end(), m_begin.begin());
  m_partners.resize(static_cast<std::size_t>(m_begin.back()));
  auto next = m_begin;
  forEachEnd([&](std::uint32_t protein, const Partner& partner) {
    m_partners[static_cast<std::size_t>(next[protein]++)] = partner;
  });
  for (std::size_t i = 0; i < proteins; ++i) {
    std::sort(m_partners.begin() + m_begin[i], m_partners.begin() + m_begin[i + 1],
              [](const Partner& left, const Partner& right) {
                return std::pair(left.protein, left.isPositive) <
                       std::pair(right.protein, right.isPositive);
              });
  }
}

std::span<const TrainingGraph::Partner> TrainingGraph::partners(std::uint32_t protein) const {
  return std::span(m_partners)
      .subspan(static_cast<std::size_t>(m_begin[protein]),
               static_cast<std::size_t>(m_begin[protein + 1] - m_begin[protein]));
}

void TrainingGraph::save(ChannelState& state) const {
  std::vector<std::int64_t> partners;
  partners.reserve(m_partners.size());
  for (const Partner& partner : m_partners) {
    partners.push_back(2 * std::int64_t{partner.protein} + (partner.isPositive ? 1 : 0));
  }
  state.put("graph.begin", m_begin);
  state.put("graph.partners", partners);
}

TrainingGraph TrainingGraph::restored(const ChannelState& state) {
  TrainingGraph graph;
  graph.m_begin = state.integers("graph.begin");
  const auto partners = state.integers("graph.partners");
  const auto count = static_cast<std::int64_t>(partners.size());
  const auto proteins = static_cast<std::int64_t>(graph.m_begin.size()) - 1;
  const bool isSound =
      proteins >= 0 && graph.m_begin.front() == 0 && graph.m_begin.back() == count &&
      std::is_sorted(graph.m_begin.begin(), graph.m_begin.end()) &&
      std::all_of(partners.begin(), partners.end(),
                  [&](std::int64_t partner) { return partner >= 0 && partner / 2 < proteins; });
  if (!isSound) {
    throw Error(ErrorKind::BadInput,
                "the checkpoint's graph of training pairs is damaged; train the run anew");
  }
  for (const std::int64_t partner : partners) {
    graph.m_partners.push_back({static_cast<std::uint32_t>(partner / 2), partner % 2 == 1});
  }
  return graph;
}

struct Interologs::Sums {
  // by label: negative, positive
  std::array<double, 2> all{};
  std::array<double, 2> near{};
  std::array<double, 2> best{};
};

namespace {

/// Of all neighbours the near ones count: the similarity's sixth power.
double sharpened(double weight) {
  const double third = weight * weight * weight;
  return third * third;
}

float share(const std::array<double, 2>& sums, double prior) {
  return static_cast<float>((sums[1] - sums[0]) / (sums[0] + sums[1] + prior));
}

float amount(double sum) {
  return static_cast<float>(std::log1p(sum));
}

float nearest(std::span<const Neighbour> neighbours) {
  return neighbours.empty() ? 0.0F : neighbours.front().similarity;
}

}  // namespace

Interologs::Interologs(const TrainingGraph& graph)
    : m_graph(graph), m_weights(graph.proteins(), 0) {}

void Interologs::collect(const InterologQuery& query, Sums& sums) {
  for (const Neighbour& neighbour : query.b) {
    m_weights[neighbour.protein] = neighbour.similarity;
  }
  for (const Neighbour& neighbour : query.a) {
    for (const auto& partner : m_graph.partners(neighbour.protein)) {
      const bool isTheQuery = neighbour.protein == query.ownB && partner.protein == query.ownA;
      const double weight = double{neighbour.similarity} * m_weights[partner.protein];
      if (weight <= 0 || isTheQuery) {
        continue;
      }
      const std::size_t label = partner.isPositive ? 1 : 0;
      sums.all[label] += weight;
      sums.near[label] += sharpened(weight);
      sums.best[label] = std::max(sums.best[label], weight);
    }
  }
  for (const Neighbour& neighbour : query.b) {
    m_weights[neighbour.protein] = 0;
  }
}

InterologFeatures Interologs::describe(const InterologQuery& query) {
  // Both ways, since sums in another order round differently.
  Sums one;
  Sums other;
  collect(query, one);
  collect({query.b, query.a, query.ownB, query.ownA}, other);
  for (std::size_t label = 0; label < 2; ++label) {
    one.all[label] = (one.all[label] + other.all[label]) / 2;
    one.near[label] = (one.near[label] + other.near[label]) / 2;
  }
  const float a = nearest(query.a);
  const float b = nearest(query.b);
  return {share(one.all, 1),
          share(one.near, 0.1),
          amount(one.all[0]),
          amount(one.all[1]),
          amount(one.near[0]),
          amount(one.near[1]),
          static_cast<float>(one.best[1] - one.best[0]),
          a + b,
          std::fabs(a - b)};
}

}  // namespace twofold::models
