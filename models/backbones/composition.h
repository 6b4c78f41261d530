// The cheap baseline that every network has to beat: which residues a protein has, and how many.
#pragma once

#include <memory>

#include "core/base/descriptor.h"
#include "models/learning/backbone.h"

namespace twofold::models {

[[nodiscard]] Descriptor compositionDescriptor();

/// 21 numbers: the fractions of the twenty standard residues, in alphabetical order, and the
/// natural logarithm of the length. Per residue: one-hot of the residue and the same logarithm, so
/// that their mean is the pooled embedding. Non-standard residues count in the length only.
[[nodiscard]] std::unique_ptr<Backbone> makeComposition(const BackboneRequest& request);

}  // namespace twofold::models
