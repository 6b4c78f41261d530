// ProtBert (Elnaggar et al. 2021): BERT over residues, from a Hugging Face folder.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/backbone.h"

namespace twofold::models {

[[nodiscard]] Descriptor protBertDescriptor();

/// Throws Error: Usage, Device, NotFound and BadInput for the weights folder, Memory.
[[nodiscard]] std::unique_ptr<Backbone> makeProtBert(const BackboneRequest& request);

}  // namespace twofold::models
