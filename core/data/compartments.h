// In which compartments of a cell a protein was seen, by GO's cellular components and UniProt's
// locations.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/data/annotation.h"
#include "core/data/term_graph.h"

namespace twofold::data {

/// One bit a compartment: nucleus, cytosol, mitochondrion, endoplasmic reticulum, Golgi, cell
/// membrane, outside, peroxisome, lysosome, vacuole, endosome, plastid.
using Compartments = std::uint32_t;

/// The compartments of a protein: a GO term counts for those that it is or is part of (without a
/// graph, only for itself), a location by its first words. Evidence from interaction (IPI) is left
/// out. 0: none is known.
[[nodiscard]] Compartments compartmentsOf(const ProteinAnnotations& protein,
                                          const TermGraph& graph);

/// Both are known and they have none in common.
[[nodiscard]] constexpr bool areApart(Compartments a, Compartments b) {
  return a != 0 && b != 0 && (a & b) == 0;
}

}  // namespace twofold::data
