#include "core/data/compartments.h"

#include <algorithm>
#include <array>
#include <string>

namespace twofold::data {

namespace {

struct Compartment {
  std::string_view term;
  std::array<std::string_view, 3> locations;  // UniProt's, lower case
};

constexpr std::array<Compartment, 12> kCompartments = {{
    {"GO:0005634", {"nucleus", "chromosome", "nucleolus"}},
    {"GO:0005829", {"cytoplasm", "cytosol"}},
    {"GO:0005739", {"mitochondrion"}},
    {"GO:0005783", {"endoplasmic reticulum", "microsome", "sarcoplasmic reticulum"}},
    {"GO:0005794", {"golgi"}},
    {"GO:0005886", {"cell membrane", "apical cell membrane", "basolateral cell membrane"}},
    {"GO:0005576", {"secreted"}},
    {"GO:0005777", {"peroxisome"}},
    {"GO:0005764", {"lysosome"}},
    {"GO:0005773", {"vacuole"}},
    {"GO:0005768", {"endosome", "early endosome", "late endosome"}},
    {"GO:0009536", {"plastid"}},
}};

Compartments ofTerm(const std::string& id, const TermGraph& graph) {
  const auto term = graph.find(id);
  Compartments found = 0;
  for (std::size_t i = 0; i < kCompartments.size(); ++i) {
    const auto ancestor = graph.find(kCompartments[i].term);
    const bool isIn =
        id == kCompartments[i].term || (term && ancestor && graph.isBelow(*term, *ancestor));
    found |= isIn ? 1U << i : 0U;
  }
  return found;
}

Compartments ofLocation(std::string location) {
  std::transform(location.begin(), location.end(), location.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  Compartments found = 0;
  for (std::size_t i = 0; i < kCompartments.size(); ++i) {
    for (const auto name : kCompartments[i].locations) {
      found |= !name.empty() && location.starts_with(name) ? 1U << i : 0U;
    }
  }
  return found;
}

}  // namespace

Compartments compartmentsOf(const ProteinAnnotations& protein, const TermGraph& graph) {
  Compartments found = 0;
  for (const auto& annotation : protein.annotations) {
    if (annotation.kind == AnnotationKind::Component && annotation.evidence != "IPI") {
      found |= ofTerm(annotation.term, graph);
    } else if (annotation.kind == AnnotationKind::Location) {
      found |= ofLocation(annotation.term);
    }
  }
  return found;
}

}  // namespace twofold::data
