// BERT (Devlin et al. 2019): a language model of words, from a Hugging Face folder. It reads texts,
// and proteins as spaced letters: the baseline for models that were trained on proteins.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/backbone.h"

namespace twofold::models {

[[nodiscard]] Descriptor bertDescriptor();

/// Throws Error: Usage, Device, NotFound and BadInput for the weights folder, Memory.
[[nodiscard]] std::unique_ptr<Backbone> makeBert(const BackboneRequest& request);

}  // namespace twofold::models
