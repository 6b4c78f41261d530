#include "ui/panels/structure/residue_tint.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace twofold::ui {

namespace {

float largestOf(const ResidueValues& values) {
  float largest = 0;
  for (const auto* side : {&values.a, &values.b}) {
    for (const float value : *side) {
      largest = std::max(largest, std::fabs(value));
    }
  }
  return largest;
}

const std::vector<float>* valuesOf(const ResidueValues& values, const std::string& protein) {
  const QString id = QString::fromStdString(protein);
  return id == values.idA ? &values.a : id == values.idB ? &values.b : nullptr;
}

}  // namespace

double tintChains(StructureScene& scene, const ChainMappings& mappings,
                  const std::optional<ResidueValues>& values) {
  const float largest = values ? largestOf(*values) : 0;
  bool isAny = false;
  for (std::size_t c = 0; c < scene.chains.size(); ++c) {
    auto& chain = scene.chains[c];
    chain.values.clear();
    const auto* own = largest > 0 && c < mappings.size() && mappings[c]
                          ? valuesOf(*values, mappings[c]->protein)
                          : nullptr;
    const bool fits = own != nullptr && own->size() == mappings[c]->mapping.residues.size();
    if (!fits) {
      continue;
    }
    chain.values.assign(chain.chain.residues.size(), std::numeric_limits<float>::quiet_NaN());
    for (std::size_t i = 0; i < own->size(); ++i) {
      if (const auto& residue = mappings[c]->mapping.residues[i]) {
        chain.values[residue->index] = (*own)[i] / largest;
      }
    }
    isAny = true;
  }
  for (auto& chain : scene.chains) {
    if (isAny && chain.values.empty()) {  // its own colour would look like a value
      chain.values.assign(chain.chain.residues.size(), std::numeric_limits<float>::quiet_NaN());
    }
  }
  return isAny ? double{largest} : 0;
}

}  // namespace twofold::ui
