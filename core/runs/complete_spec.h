// A spec with every option written out, also those that it leaves at their defaults.
#pragma once

#include "core/runs/component_catalog.h"
#include "core/runs/run_spec.h"

namespace twofold::runs {

/// Parts that the catalog does not have stay as they are.
[[nodiscard]] RunSpec withDefaults(const ComponentCatalog& catalog, RunSpec spec);

}  // namespace twofold::runs
