// The control that knows nothing of a protein but which one it is: numbers drawn from its sequence.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/backbone.h"

namespace twofold::models {

[[nodiscard]] Descriptor randomDescriptor();

/// Standard normal vectors that depend on the sequence, the seed and the residue's place alone.
[[nodiscard]] std::unique_ptr<Backbone> makeRandom(const BackboneRequest& request);

}  // namespace twofold::models
