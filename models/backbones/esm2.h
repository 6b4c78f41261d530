// ESM-2 (Lin et al. 2023): a protein language model, from a Hugging Face folder or random.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/backbone.h"

namespace twofold::models {

[[nodiscard]] Descriptor esm2Descriptor();

/// Pooled: the mean over residues, without <cls> and <eos>. Per residue: one row for each residue
/// that the rule for long proteins keeps. Throws Error: Usage, Device, NotFound and BadInput for
/// the weights folder, Memory.
[[nodiscard]] std::unique_ptr<Backbone> makeEsm2(const BackboneRequest& request);

}  // namespace twofold::models
