// UniRep (Alley et al. 2019): a multiplicative LSTM that reads a protein from left to right.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/backbone.h"

namespace twofold::models {

[[nodiscard]] Descriptor unirepDescriptor();

/// Without a weights folder, the one that set-up installs. Throws Error: NotFound (with how to
/// install it), BadInput, Usage, Device, Memory.
[[nodiscard]] std::unique_ptr<Backbone> makeUnirep(const BackboneRequest& request);

}  // namespace twofold::models
