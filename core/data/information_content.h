// How much a term says: rare terms say more. Counted on the proteins that are passed in, which for
// a model are those of its training part only.
#pragma once

#include <span>
#include <vector>

#include "core/data/annotation.h"
#include "core/data/term_graph.h"

namespace twofold::data {

/// -ln of the share of `proteins` that have the term or one below it (Resnik 1995), by TermIndex;
/// an annotation without a term in the graph counts for nothing. A term that no protein has gets
/// the value of half a protein, so it is finite and above all others. Empty for no proteins.
[[nodiscard]] std::vector<double> informationContent(const TermGraph& graph,
                                                     std::span<const ProteinAnnotations> proteins);

/// The GO terms of a protein and all their ancestors, ascending, each once.
[[nodiscard]] std::vector<TermIndex> termsWithAncestors(const TermGraph& graph,
                                                        const ProteinAnnotations& protein);

}  // namespace twofold::data
