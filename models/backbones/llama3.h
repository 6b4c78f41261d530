// Llama 3, 3.1 and 3.2 (Dubey et al. 2024) as a reader of proteins and texts, from a Hugging Face
// folder.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/backbone.h"

namespace twofold::models {

[[nodiscard]] Descriptor llama3Descriptor();

/// A token sees only what stands before it: the last one has seen the whole protein. Throws Error:
/// Usage, Device, NotFound and BadInput for the weights folder, Memory.
[[nodiscard]] std::unique_ptr<Backbone> makeLlama3(const BackboneRequest& request);

}  // namespace twofold::models
