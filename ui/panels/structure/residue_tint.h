// What residues do to a run's answer, laid onto the chains of a scene.
#pragma once

#include "ui/panels/structure/chain_mapping.h"
#include "ui/session/session.h"
#include "ui/viewport/structure_scene.h"

namespace twofold::ui {

/// Fills SceneChain::values of the chains that are one of the pair's proteins, -1 to 1 by the
/// largest value of both, and those of other chains with NaN; empties all where there is nothing to
/// show. Returns that largest value in logits, or 0 when no chain got any.
double tintChains(StructureScene& scene, const ChainMappings& mappings,
                  const std::optional<ResidueValues>& values);

}  // namespace twofold::ui
