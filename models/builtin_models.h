// The one readable list of backbones, channels, fusions and heads. This header is torch-free.
#pragma once

#include "core/runs/component_catalog.h"

namespace twofold::models {

/// Every part of this program with its options, as the worker's `catalog` prints it.
[[nodiscard]] runs::ComponentCatalog builtinCatalog();

}  // namespace twofold::models
