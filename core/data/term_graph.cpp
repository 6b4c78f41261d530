#include "core/data/term_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "core/base/error.h"

namespace twofold::data {

namespace {

Error broken(const std::string& reason) {
  return {ErrorKind::BadInput, fmt::format("the graph of terms is broken: {}", reason)};
}

}  // namespace

TermGraph::TermGraph(std::vector<Term> terms, std::vector<TermEdge> edges)
    : m_terms(std::move(terms)), m_edges(std::move(edges)) {
  sortIds();
  sortEdges();
  close();
}

void TermGraph::sortIds() {
  m_byId.resize(m_terms.size());
  std::iota(m_byId.begin(), m_byId.end(), TermIndex{0});
  std::sort(m_byId.begin(), m_byId.end(),
            [&](TermIndex a, TermIndex b) { return m_terms[a].id < m_terms[b].id; });
  const auto twice =
      std::adjacent_find(m_byId.begin(), m_byId.end(),
                         [&](TermIndex a, TermIndex b) { return m_terms[a].id == m_terms[b].id; });
  if (twice != m_byId.end()) {
    throw broken(fmt::format("{} comes twice", m_terms[*twice].id));
  }
}

void TermGraph::sortEdges() {
  for (const TermEdge& edge : m_edges) {
    if (edge.child >= m_terms.size() || edge.parent >= m_terms.size()) {
      throw broken("an edge leads to a term that is not there");
    }
    for (const TermIndex end : {edge.child, edge.parent}) {
      if (m_terms[end].obsolete) {
        throw broken(fmt::format("the obsolete term {} has an edge", m_terms[end].id));
      }
    }
  }
  std::sort(m_edges.begin(), m_edges.end(), [](const TermEdge& a, const TermEdge& b) {
    return std::tie(a.child, a.parent, a.relation) < std::tie(b.child, b.parent, b.relation);
  });
  m_firstEdge.assign(m_terms.size() + 1, 0);
  for (const TermEdge& edge : m_edges) {
    ++m_firstEdge[edge.child + 1];
  }
  std::partial_sum(m_firstEdge.begin(), m_firstEdge.end(), m_firstEdge.begin());
}

/// An order in which every term comes behind its parents.
std::vector<TermIndex> TermGraph::parentsFirst() const {
  std::vector<std::vector<TermIndex>> children(m_terms.size());
  std::vector<std::size_t> waiting(m_terms.size(), 0);  // parents that are not in the order yet
  for (const TermEdge& edge : m_edges) {
    children[edge.parent].push_back(edge.child);
    ++waiting[edge.child];
  }
  std::vector<TermIndex> order;
  order.reserve(m_terms.size());
  for (TermIndex i = 0; i < m_terms.size(); ++i) {
    if (waiting[i] == 0) {
      order.push_back(i);
    }
  }
  for (std::size_t next = 0; next < order.size(); ++next) {
    for (const TermIndex child : children[order[next]]) {
      if (--waiting[child] == 0) {
        order.push_back(child);
      }
    }
  }
  if (order.size() < m_terms.size()) {
    const auto stuck = std::find_if(waiting.begin(), waiting.end(), [](auto n) { return n > 0; });
    throw broken(fmt::format("{} lies in or below a cycle of {} terms",
                             m_terms[static_cast<std::size_t>(stuck - waiting.begin())].id,
                             m_terms.size() - order.size()));
  }
  return order;
}

void TermGraph::close() {
  std::vector<std::vector<TermIndex>> ancestors(m_terms.size());
  std::size_t total = 0;
  for (const TermIndex term : parentsFirst()) {
    auto& own = ancestors[term];
    own.push_back(term);
    for (std::size_t e = m_firstEdge[term]; e < m_firstEdge[term + 1]; ++e) {
      const auto& above = ancestors[m_edges[e].parent];
      own.insert(own.end(), above.begin(), above.end());
    }
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
    total += own.size();
    if (total > kLargestClosure) {
      throw broken("its terms have too many ancestors");
    }
  }
  m_ancestors.reserve(total);
  m_firstAncestor.reserve(m_terms.size() + 1);
  m_firstAncestor.push_back(0);
  for (const auto& own : ancestors) {
    m_ancestors.insert(m_ancestors.end(), own.begin(), own.end());
    m_firstAncestor.push_back(m_ancestors.size());
  }
}

std::optional<TermIndex> TermGraph::find(std::string_view id) const {
  const auto at = std::lower_bound(
      m_byId.begin(), m_byId.end(), id,
      [&](TermIndex index, std::string_view wanted) { return m_terms[index].id < wanted; });
  if (at == m_byId.end() || m_terms[*at].id != id) {
    return std::nullopt;
  }
  return *at;
}

std::span<const TermIndex> TermGraph::ancestors(TermIndex index) const {
  const std::size_t first = m_firstAncestor[index];
  return std::span(m_ancestors).subspan(first, m_firstAncestor[index + 1] - first);
}

bool TermGraph::isBelow(TermIndex term, TermIndex ancestor) const {
  const auto above = ancestors(term);
  return std::binary_search(above.begin(), above.end(), ancestor);
}

std::vector<TermIndex> TermGraph::descendants(TermIndex index) const {
  std::vector<TermIndex> below;
  for (TermIndex i = 0; i < m_terms.size(); ++i) {
    if (isBelow(i, index)) {
      below.push_back(i);
    }
  }
  return below;
}

TermCounts TermGraph::count(std::span<const std::string> ids) const {
  TermCounts counts;
  for (const std::string& id : ids) {
    const auto index = find(id);
    ++(!index ? counts.unknown : m_terms[*index].obsolete ? counts.obsolete : counts.known);
  }
  return counts;
}

}  // namespace twofold::data
