#include "core/data/information_content.h"

#include <algorithm>
#include <cmath>

namespace twofold::data {

std::vector<TermIndex> termsWithAncestors(const TermGraph& graph,
                                          const ProteinAnnotations& protein) {
  std::vector<TermIndex> terms;
  for (const Annotation& annotation : protein.annotations) {
    if (!isGo(annotation.kind)) {
      continue;
    }
    if (const auto term = graph.find(annotation.term)) {
      const auto above = graph.ancestors(*term);
      terms.insert(terms.end(), above.begin(), above.end());
    }
  }
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

std::vector<double> informationContent(const TermGraph& graph,
                                       std::span<const ProteinAnnotations> proteins) {
  if (proteins.empty()) {
    return {};
  }
  std::vector<double> values(graph.size(), 0);
  for (const ProteinAnnotations& protein : proteins) {
    for (const TermIndex term : termsWithAncestors(graph, protein)) {
      values[term] += 1;
    }
  }
  const auto all = static_cast<double>(proteins.size());
  for (double& value : values) {
    value = -std::log(std::max(value, 0.5) / all);
  }
  return values;
}

}  // namespace twofold::data
